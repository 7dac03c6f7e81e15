import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Row, TrainingEvent } from '@/lib/redteam/stage'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** Training rows by number, a minute apart. */
export const feedOf = (
  rows: number,
  make: (t: number, u: (lane: number) => number) => Omit<Row, 'model'>,
  seed = 'a',
) =>
  Array.from({ length: rows }, (_, t): TrainingEvent => {
    const data = { model: 'm', ...make(t, (lane) => hashUniform(`${seed} ${lane}`, t)) }
    return { type: 'ml.training.v1', id: `t-${t}`, source: '/feed', timeMs: 1_700_000_000_000 + t * 60_000, data }
  })

/** Of ten origins, o-0 … o-9. */
export const tenOrigins = (u: number) => ({ id: `o-${Math.floor(10 * u)}`, kind: 'vendor' })

/** Words at random, the common ones more often. */
export const wordsOf = (u: (lane: number) => number, count: number) =>
  Array.from({ length: count }, (_, w) => `w${Math.floor(3000 * u(10 + w) ** 2)}`).join(' ')

/** One false alarm in 100,000 lines, of which the detector spends a tenth of the half that the budget gives. */
export const usualMass = 0.1 / 200_000

export function drive<S>(
  // biome-ignore lint/suspicious/noExplicitAny: parameters are the detector's own.
  detector: Detector<any, S>,
  feed: readonly TrainingEvent[],
  mass = usualMass,
  config: ModelConfig = {},
): { alarms: Alarm[]; state: S; scores: Map<number, number> } {
  const init = { model: 'm', config, golden: [] }
  const ctx: Context = {
    ...init,
    mass: () => mass,
    uniform: hashUniform,
    frame: framesOf(startFrame(config)),
    learner: learnerOf(startLearner({ config, golden: [] })),
  }
  const state = detector.init(detector.params, init)
  const alarms: Alarm[] = []
  const scores = new Map<number, number>()
  for (const [index, event] of feed.entries()) {
    const step = detector.update(state, [{ event, index }], ctx)
    alarms.push(...step.alarms)
    for (const score of step.scores ?? []) scores.set(score.index, score.suspicion)
  }
  return { alarms, state, scores }
}
