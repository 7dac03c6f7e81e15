import { conformanceContext } from '@/lib/detect/conformance'
import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, AssayEvent, FeatureValue } from '@/lib/event/types'

/** For tests of drift detectors: budget 1 false incident in `perEvents` lines (half of it spent), baseline of 2,000. */
// biome-ignore lint/suspicious/noExplicitAny: drives detectors of every state.
export function drive(detector: Detector<any, any>, stream: readonly Arrival[], perEvents = 100_000): Alarm[] {
  const context: Context = { ...conformanceContext(perEvents, 2000), config: {} }
  return [...detector.update(detector.init(detector.params, context), stream, context).alarms]
}

export const predictionsOf = (rows: number, features: (t: number) => Record<string, FeatureValue>): Arrival[] =>
  Array.from({ length: rows }, (_, t) =>
    eventAt(t, 'ml.prediction.v1', { model: 'm', version: '1', features: features(t), prediction: 'a' }),
  )

export const eventAt = (index: number, type: AssayEvent['type'], data: object, id = `e${index}`): Arrival => ({
  index,
  event: { type, id, source: '/test', timeMs: 1_700_000_000_000 + index * 60_000, data } as AssayEvent,
})
