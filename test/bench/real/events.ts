import type { Arrival } from '@/lib/event/types'
import { OnlineLearner } from './learner'
import type { RealSet } from './sets'

/** A real stream as Contract 1 events: a prediction, and its label on the next line. */
export function* eventsOf(set: RealSet): Generator<Arrival> {
  const learner = new OnlineLearner(set.rows)
  const model = set.name
  for (const [i, row] of set.rows.entries()) {
    const id = `p-${i}`
    const { features, timeMs, label } = row
    const data = { model, version: '1', features, ...learner.predict(row) }
    yield { index: 2 * i, event: { id, source: '/real', type: 'ml.prediction.v1', timeMs, data } } as Arrival
    const labelled = { model, prediction: id, label }
    yield {
      index: 2 * i + 1,
      event: { id: `l-${i}`, source: '/real', type: 'ml.label.v1', timeMs, data: labelled },
    } as Arrival
    learner.learn(row)
  }
}
