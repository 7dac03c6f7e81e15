import { day, hour, type Playbook } from './playbook'

/** A source labels its rows against what everyone else teaches. */
export const labelFlips: Playbook = {
  id: 'label-flips',
  title: 'Label flips',
  about:
    'A source labels its rows against what every other source teaches: keep its rows out, clean what was learned, prove that the model is back.',
  atlas: ['T0020', 'T0059'],
  fits: ({ kind }) => kind === 'poison.label_flip',
  steps: [
    {
      id: 'quarantine',
      phase: 'contain',
      title: 'Hold back the rows of the accused source',
      guidance:
        'Stop the learner from reading training rows of this source, for the accused label at least. Done when the learner confirms that it leaves them out; note who confirmed it and when.',
      dueMinutes: 30,
    },
    {
      id: 'freeze',
      phase: 'contain',
      title: 'Decide whether the model may go on learning',
      guidance:
        'If the error on trusted rows still rises after the source is held back, pin the last version published before the onset and stop updates. If not, write down why learning may go on.',
      dueMinutes: hour,
    },
    {
      id: 'relabel',
      phase: 'eradicate',
      title: 'Relabel 50 sampled rows and every implicated one',
      guidance:
        'Have someone who did not label them look at the records listed in the alert and at 50 random rows of the same source. Count how many labels were wrong; a shared misunderstanding of the classes is not an attack.',
      dueMinutes: 8 * hour,
    },
    {
      id: 'manifest',
      phase: 'eradicate',
      title: 'List the rows to leave out',
      guidance:
        'Export the rows of the source since the onset, with topic, partition and offset, and agree with the owner of the data that they stay out.',
      dueMinutes: day,
    },
    {
      id: 'retrain',
      phase: 'recover',
      title: 'Retrain or roll back without those rows',
      guidance:
        'Publish a version trained without them, from the last version before the onset. Done when its version event has arrived.',
      dueMinutes: day,
    },
    {
      id: 'verify',
      phase: 'recover',
      title: 'Check that the accused class is back',
      guidance:
        'Recall of the accused class on trusted rows must lie within its interval from before the onset. Give both numbers as evidence.',
      dueMinutes: 2 * day,
    },
    {
      id: 'audit-source',
      phase: 'lessons',
      title: 'Find out how the source came to do this, and cap it',
      guidance:
        'A stolen account, a careless labeler or intent? Agree on a quota for the source, and on who may raise it.',
      dueMinutes: 7 * day,
    },
  ],
}
