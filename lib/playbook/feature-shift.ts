import { day, hour, type Playbook } from './playbook'

/** The inputs, or the rule that they follow, moved, and nothing says that someone moved them or that a pipeline broke. */
export const featureShift: Playbook = {
  id: 'feature-shift',
  title: 'Feature shift',
  about:
    'What the model sees has moved: find out whether it still answers well, and whether the new level is the new normal.',
  atlas: [],
  fits: ({ kind, verdict }) => /^(drift|quality)\./.test(kind) && verdict !== 'pipeline-bug' && verdict !== 'poisoning',
  steps: [
    {
      id: 'confirm',
      phase: 'contain',
      title: 'Confirm that the shift is real',
      guidance:
        'Compare reference and current in the alert, and ask the owner of the feature what changed at the onset: a season, a campaign, a new sensor, a new unit. If a pipeline changed, say so and work the pipeline playbook.',
      dueMinutes: 4 * hour,
    },
    {
      id: 'impact',
      phase: 'contain',
      title: 'Say whether the model still answers well',
      guidance:
        'Look at the error on labelled predictions since the onset; where labels are late, label 200 recent predictions by hand. Give the error with its interval, before and after.',
      dueMinutes: 8 * hour,
    },
    {
      id: 'segment',
      phase: 'eradicate',
      title: 'Find where it comes from',
      guidance:
        'Is it all rows, or one segment, version or source? A shift confined to one source is a reason to look for tampering.',
      dueMinutes: day,
    },
    {
      id: 'adapt',
      phase: 'recover',
      title: 'Retrain, or accept the new level',
      guidance:
        'If the error rose, retrain with rows since the onset. If it did not, approve the new level as the baseline, from the page of the alert once its incident is closed. Until then the approved baseline stays, and Assay watches for a return to it.',
      dueMinutes: 3 * day,
    },
    {
      id: 'lessons',
      phase: 'lessons',
      title: 'Write down what would have told us sooner',
      guidance:
        'If this shift comes each season, set the seasonality of the model; if it follows releases upstream, ask to be told of them.',
      dueMinutes: 7 * day,
    },
  ],
}
