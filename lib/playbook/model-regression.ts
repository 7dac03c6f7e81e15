import { day, hour, type Playbook } from './playbook'

/** A version of the model answers worse than the one before, and the world stands still. */
export const modelRegression: Playbook = {
  id: 'model-regression',
  title: 'A worse version',
  about:
    'A version answers worse than the one before it while the world stood still: serve the better one, then find out why.',
  atlas: [],
  fits: ({ verdict }) => verdict === 'model-regression',
  steps: [
    {
      id: 'serve-better',
      phase: 'contain',
      title: 'Serve the version before it',
      guidance:
        'Route traffic back to the last version published before the onset. Done when predictions of the worse version no longer arrive; note who confirmed it.',
      dueMinutes: hour,
    },
    {
      id: 'compare',
      phase: 'eradicate',
      title: 'Compare the two on the same rows',
      guidance:
        'Score both versions on the same labelled rows since the onset, over all rows and by segment. Give both errors with their intervals; a difference in one segment only is worth its own fix.',
      dueMinutes: 8 * hour,
    },
    {
      id: 'cause',
      phase: 'eradicate',
      title: 'Find what changed between them',
      guidance:
        'Training rows, batches, features, encoding, thresholds: list what differs. If rows of one source came in with this version, work the alerts of that source first.',
      dueMinutes: day,
    },
    {
      id: 'release',
      phase: 'recover',
      title: 'Release a version that is no worse',
      guidance:
        'Done when a later version serves and the error on its labelled predictions lies within the interval from before the onset. Give both numbers.',
      dueMinutes: 3 * day,
    },
    {
      id: 'gate',
      phase: 'lessons',
      title: 'Let no worse version out',
      guidance:
        'A comparison with the serving version on recent labelled rows, by segment, before a release; with an owner, and a bound that was agreed on.',
      dueMinutes: 7 * day,
    },
  ],
}
