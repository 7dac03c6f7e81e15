import { conformanceContext } from '@/lib/detect/conformance'
import type { Alarm, Detector } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import type { Arrival, PredictionData } from '@/lib/event/types'

/** What one row of a made stream holds. */
export type Row = Pick<PredictionData, 'features' | 'segment' | 'text' | 'embedding'>

/** Feeds rows a minute apart to one detector alone, which has the whole mass of each line: 1 false incident in `lines` lines. */
export function drive(
  // biome-ignore lint/suspicious/noExplicitAny: detectors of every state.
  detector: Detector<any, any>,
  rows: number,
  row: (t: number) => Row,
  lines: number,
  stepMs = 60_000,
): Alarm[] {
  const config = {}
  const context = {
    ...conformanceContext(),
    config,
    frame: framesOf(startFrame(config)),
    mass: () => 1 / lines,
  }
  const alarms: Alarm[] = []
  let state = detector.init(detector.params, context)
  for (let t = 0; t < rows; t++) {
    const data = { model: 'm', version: '1', prediction: 'a', ...row(t) }
    const event = {
      type: 'ml.prediction.v1',
      id: `e${t}`,
      source: '/bench',
      timeMs: 1_700_000_000_000 + t * stepMs,
      data,
    }
    const step = detector.update(state, [{ index: t, event } as Arrival], context)
    state = step.state
    alarms.push(...step.alarms)
  }
  return alarms
}
