import type { Arrival } from '@/lib/event/types'
import { arrival, draws, prediction, type Stream } from '@/test/bench/drift/streams'

/** Predictions, each followed by its label `delay` predictions later; the share of wrong ones is `before`, then `after`. */
export function errorStream(
  name: string,
  seed: string,
  predictions: number,
  change: number | null,
  before: number,
  after: number,
  delay = 0,
): Stream {
  return {
    name,
    lines: predictions * 2 - delay,
    change: change === null ? null : change * 2 - delay,
    subject: change === null ? null : 'error',
    *arrivals(): Generator<Arrival> {
      const { uniform } = draws(`${seed} ${name}`)
      const waiting: { id: string; label: string }[] = []
      let line = 0
      for (let t = 0; t < predictions; t++) {
        const right = uniform() >= (change !== null && t >= change ? after : before)
        const made = prediction(line++, {}, 'a')
        waiting.push({ id: made.event.id, label: right ? 'a' : 'b' })
        yield made
        if (waiting.length > delay) {
          const { id, label } = waiting.shift() as { id: string; label: string }
          yield arrival(line++, { type: 'ml.label.v1', data: { model: 'bench', prediction: id, label } })
        }
      }
    },
  }
}
