import type { Arrival, AssayEvent, FeatureValue, Label } from '@/lib/event/types'
import { keySeed, uniformFrom } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** Seeded streams of one model: what each feature is, where a change begins, and what is true about it. */
export interface Stream {
  readonly name: string
  readonly lines: number
  /** Line of the change, or null: then every alarm is false. */
  readonly change: number | null
  /** The unit that must alarm: a feature, or `error`. */
  readonly subject: string | null
  arrivals(): Generator<Arrival>
}

export type Draw = () => number

export function draws(key: string): { uniform: Draw; normal: Draw } {
  const seed = keySeed(key)
  let n = 0
  const uniform = () => uniformFrom(seed, n++)
  return { uniform, normal: () => normalQuantile(uniform()) }
}

const startMs = 1_700_000_000_000

export function arrival(index: number, event: Omit<AssayEvent, 'source' | 'timeMs' | 'id'> & { id?: string }): Arrival {
  return {
    event: { id: `e-${index}`, ...event, source: '/bench', timeMs: startMs + index * 60_000 } as AssayEvent,
    index,
  }
}

export function prediction(index: number, features: Record<string, FeatureValue>, value: Label = 'a'): Arrival {
  return arrival(index, {
    type: 'ml.prediction.v1',
    data: { model: 'bench', version: '1', features, prediction: value },
  })
}

/** A stream of predictions with 25 numeric features, of which `x00` may change; `next` makes one value of a feature. */
export function featureStream(
  name: string,
  seed: string,
  lines: number,
  change: number | null,
  start: (draw: { uniform: Draw; normal: Draw }) => (t: number, changed: boolean) => FeatureValue,
  others: (draw: { uniform: Draw; normal: Draw }) => (t: number, changed: boolean) => FeatureValue = (d) => () =>
    d.normal(),
  features = 25,
): Stream {
  return {
    name,
    lines,
    change,
    subject: change === null ? null : 'x00',
    *arrivals() {
      const makers = Array.from({ length: features }, (_, f) => {
        const draw = draws(`${seed} ${name} ${f}`)
        return f === 0 ? start(draw) : others(draw)
      })
      for (let t = 0; t < lines; t++) {
        const row: Record<string, FeatureValue> = {}
        for (let f = 0; f < features; f++) {
          row[`x${String(f).padStart(2, '0')}`] = (makers[f] as (t: number, c: boolean) => FeatureValue)(
            t,
            change !== null && t >= change,
          )
        }
        yield prediction(t, row)
      }
    },
  }
}
