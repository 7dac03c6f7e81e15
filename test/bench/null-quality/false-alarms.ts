import type { Context, Detector } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { qualityFlags } from '@/lib/detect/quality/flags'
import { volume } from '@/lib/detect/quality/volume'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import type { Null } from './nulls'

// biome-ignore lint/suspicious/noExplicitAny: drives detectors of either state.
const detectors: Record<Null['detector'], Detector<any, any>> = { flags: qualityFlags, volume }

/** Alarms of one detector, alone with the whole budget, on streams in which nothing happens; and how many its promise allows at most. */
export function falseAlarms(from: Null, streams: number, rows: number, perEvents: number, seed: string) {
  const detector = detectors[from.detector]
  let alarms = 0
  let alarmed = 0
  for (let s = 0; s < streams; s++) {
    const context: Context = {
      model: `m${s}`,
      config: {},
      golden: [],
      frame: framesOf(startFrame({})),
      mass: () => 1 / perEvents,
      // Each stream draws its own ranks.
      uniform: (key, n) => hashUniform(`${seed} ${s} ${key}`, n),
      learner: learnerOf(startLearner({ config: {}, golden: [] })),
    }
    const step = detector.update(detector.init(detector.params, context), from.rows(`${seed} ${s}`, rows), context)
    alarms += step.alarms.length
    if (step.alarms.length > 0) alarmed++
  }
  return { alarms, alarmed, allowed: (streams * Math.max(0, rows - 2000)) / perEvents }
}
