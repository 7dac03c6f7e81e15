import type { Alarm, Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import type { FlipState } from '@/lib/detect/poison/label-flip/state'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import type { Stream } from './stream'

export interface Watched {
  readonly alarms: readonly Alarm[]
  readonly state: FlipState
  readonly suspicion: readonly number[]
  readonly microsPerRow: number
}

/** A line in 100,000 falsely at most, halved as the budget does, and halved again for the detectors that would share it. */
export const massPerRow = 1 / (4 * 100_000)

export function watch(stream: Stream, mass = massPerRow): Watched {
  const init = { model: 'bench', config: {}, golden: [] }
  const ctx: Context = {
    ...init,
    mass: () => mass,
    uniform: hashUniform,
    frame: framesOf(startFrame({})),
    learner: learnerOf(startLearner({ config: {}, golden: [] })),
  }
  const state = labelFlip.init(labelFlip.params, init)
  const alarms: Alarm[] = []
  const suspicion: number[] = []
  const before = performance.now()
  for (const arrival of stream.arrivals) {
    const step = labelFlip.update(state, [arrival], ctx)
    alarms.push(...step.alarms)
    suspicion.push(step.scores?.[0]?.suspicion ?? 0)
  }
  return { alarms, state, suspicion, microsPerRow: ((performance.now() - before) * 1000) / stream.arrivals.length }
}

/** Average precision of the scores for the turned rows. */
export function averagePrecision(stream: Stream, suspicion: readonly number[]): number {
  const order = suspicion.map((s, i) => [s, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  let found = 0
  let sum = 0
  order.forEach(([, i], rank) => {
    if (!stream.turned.has((stream.arrivals[i] as (typeof stream.arrivals)[number]).event.id)) return
    found++
    sum += found / (rank + 1)
  })
  return found > 0 ? sum / found : Number.NaN
}
