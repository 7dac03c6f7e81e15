import type { Arrival } from '@/lib/event/types'
import type { BaselineAdopted } from '@/lib/monitor/output'
import { addValue, emptySketch, type FeatureSketch } from '@/lib/stats/sketch'

/** The first rows of each stream, sketched, until there are enough to compare later windows with. */
export interface BaselineState {
  needed: number
  prediction: Capture
  training: Capture
}

interface Capture {
  rows: number
  done: boolean
  sketches: Map<string, FeatureSketch>
}

/** Names longer lists of features would let a hostile feed grow; what comes later is not in the baseline. */
const maxFeatures = 4096

const startCapture = (): Capture => ({ rows: 0, done: false, sketches: new Map() })

export const startBaseline = (rows: number): BaselineState => ({
  needed: rows,
  prediction: startCapture(),
  training: startCapture(),
})

/** @returns the baseline at the row that completes it, once a stream. Changes the state in place. */
export function captureBaseline(state: BaselineState, arrival: Arrival): BaselineAdopted | null {
  const { event, index } = arrival
  if (event.type !== 'ml.prediction.v1' && event.type !== 'ml.training.v1') return null
  const stream = event.type === 'ml.prediction.v1' ? 'prediction' : 'training'
  const capture = state[stream]
  if (capture.done) return null
  const { features } = event.data
  for (const name in features) {
    let sketch = capture.sketches.get(name)
    if (!sketch) {
      if (capture.sketches.size >= maxFeatures) continue
      sketch = emptySketch()
      // Rows that came before this feature did: it was absent from them.
      sketch.absent = capture.rows
      capture.sketches.set(name, sketch)
    }
    addValue(sketch, features[name])
  }
  capture.rows++
  for (const sketch of capture.sketches.values()) {
    if (sketch.n + sketch.nulls + sketch.absent < capture.rows) sketch.absent++
  }
  if (capture.rows < state.needed) return null
  capture.done = true
  const sketches = capture.sketches
  capture.sketches = new Map()
  return { type: 'baseline', eventIndex: index, timeMs: event.timeMs, stream, rows: capture.rows, sketches }
}
