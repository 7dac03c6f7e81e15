import { day, hour, type Playbook } from './playbook'

/** The data are wrong before they reach the model. */
export const pipelineBug: Playbook = {
  id: 'pipeline-bug',
  title: 'Pipeline bug',
  about:
    'The data are wrong before they reach the model: stop learning from them, mend the pipeline, send what was spoilt again.',
  atlas: [],
  fits: ({ kind, verdict }) =>
    verdict === 'pipeline-bug' || (kind.startsWith('quality.') && verdict === 'undetermined'),
  steps: [
    {
      id: 'stop-learning',
      phase: 'contain',
      title: 'Stop learning from the broken feed',
      guidance:
        'Have the learner skip rows since the onset that carry the broken feature. Say which, and who confirmed it.',
      dueMinutes: hour,
    },
    {
      id: 'fallback',
      phase: 'contain',
      title: 'Serve without the broken feature, if the error rose',
      guidance: 'Fall back to a default value or to a version that does not use the feature, until it is mended.',
      dueMinutes: 2 * hour,
    },
    {
      id: 'find',
      phase: 'eradicate',
      title: 'Find the change upstream',
      guidance:
        'List what was released upstream within a day before the onset: schema, unit, encoding, join, time zone, cache. The alert says what moved: missing values, a scale, a frozen value, two columns that changed places.',
      dueMinutes: 4 * hour,
    },
    {
      id: 'mend',
      phase: 'eradicate',
      title: 'Mend it, and send the spoilt rows again',
      guidance:
        'New events get new ids; a second event of the same id is refused. Done when the feature is back on its baseline.',
      dueMinutes: day,
    },
    {
      id: 'verify',
      phase: 'recover',
      title: 'Check that the feature is back on its baseline',
      guidance: 'The evidence of the feature must fall and stay below half of its threshold for a day of events.',
      dueMinutes: 2 * day,
    },
    {
      id: 'guard',
      phase: 'lessons',
      title: 'Put a check where the bug came in',
      guidance: 'A schema or range check at the source of the feature, with an owner.',
      dueMinutes: 7 * day,
    },
  ],
}
