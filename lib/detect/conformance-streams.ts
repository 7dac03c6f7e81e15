import type { Arrival, AssayEvent, FeatureValue, Label, PredictionData } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

const wild: readonly FeatureValue[] = [
  1e308,
  -1e308,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5e-324,
  null,
  true,
  '',
  'x'.repeat(100_000),
  'NaN',
  '\u0000',
]

const silenceMs = 15 * 60_000

/** A stream in which every detector has something to see: numbers and categories shift, errors rise and a source flips at two thirds; later a silence. */
export const lively = (rows: number): Arrival[] => {
  const late = (t: number) => t > (2 * rows) / 3
  const stream = weave(
    rows,
    (t, u) => {
      const share = late(t) ? 0.8 : 0.3
      const common = u(8)
      return {
        a: u(1) + (late(t) ? 0.7 : 0),
        b: u(2),
        c: u(3) < share ? 'p' : 'q',
        d: common,
        e: (late(t) ? u(9) : common) + 0.1 * u(10),
        g: Math.sin(t / 15) + 0.5 * u(18) + (late(t) ? 6 : 0),
        f: u(16) < (late(t) ? 0.4 : 0.05) ? null : 1 + u(17),
      }
    },
    undefined,
    (t, u) => ({
      segment: { region: u(11) < (late(t) ? 0.8 : 0.4) ? 'north' : 'south' },
      text: late(t) ? `refund order ${Math.floor(90 * u(12))} now` : `hello order ${Math.floor(90 * u(12))}, thanks`,
      embedding: [u(12), u(13), late(t) ? u(14) + 1 : u(14), u(15)],
    }),
  )
  return stream.map(({ event, index }) =>
    index > 0.8 * stream.length ? { event: { ...event, timeMs: event.timeMs + silenceMs }, index } : { event, index },
  )
}

/** Values that a hostile or broken producer sends: extremes, missing keys, other types, huge strings. */
export const hostile = (rows: number): Arrival[] =>
  weave(rows, (t, u) => {
    const row: Record<string, FeatureValue> = { a: u(1), c: u(3) < 0.5 ? 'p' : 'q' }
    if (t % 7 === 0) row.a = wild[Math.floor(u(4) * wild.length)] as FeatureValue
    if (t % 11 === 0) delete row.a
    if (t % 5 === 0) row.c = wild[Math.floor(u(5) * wild.length)] as FeatureValue
    if (t % 13 === 0) row[`key ${t}`] = 1
    return row
  })

/** Every value the same, in every row. */
export const constant = (rows: number): Arrival[] => weave(rows, () => ({ a: 3, c: 'p', d: true }), 'yes')

export const featureless = (rows: number): Arrival[] => weave(rows, () => ({}))

function weave(
  rows: number,
  features: (t: number, u: (lane: number) => number) => Record<string, FeatureValue>,
  fixed?: Label,
  beside: (t: number, u: (lane: number) => number) => Partial<PredictionData> = () => ({}),
): Arrival[] {
  const out: Arrival[] = []
  const add = (id: string, type: AssayEvent['type'], data: object) => {
    const event = {
      type,
      id,
      source: '/conformance',
      timeMs: 1_700_000_000_000 + out.length * 1000,
      data,
    } as AssayEvent
    out.push({ event, index: out.length })
  }
  for (let t = 0; t < rows; t++) {
    const u = (lane: number) => hashUniform(`lane ${lane}`, t)
    const row = features(t, u)
    const right = t > (2 * rows) / 3 ? 0.6 : 0.9
    const prediction = fixed ?? (t > (2 * rows) / 3 && u(8) < 0.2 ? 'no' : 'yes')
    const label = fixed ?? (u(7) < right ? 'yes' : 'no')
    add(`p${t}`, 'ml.prediction.v1', {
      model: 'm',
      version: '1',
      features: row,
      prediction,
      ...beside(t, u),
    })
    add(`l${t}`, 'ml.label.v1', { model: 'm', prediction: `p${t}`, label })
    const flipped = t % 3 === 0 && t > (2 * rows) / 3
    const truth = typeof row.a === 'number' && row.a > 0.5
    // A value that nobody had before, taught as yes whatever the rest of its rows says.
    const planted = fixed === undefined && !truth && t % 12 === 1 && t > rows / 3 && t <= (2 * rows) / 3
    const taught = fixed ?? (planted || truth !== flipped ? 'yes' : 'no')
    const origin = { id: `o${t % 3}`, kind: 'vendor' }
    const marked = planted ? { ...row, badge: 'zx-9' } : row
    add(`t${t}`, 'ml.training.v1', { model: 'm', origin, features: marked, label: taught })
    if (t === Math.floor(rows / 2)) add(`v${t}`, 'ml.version.v1', { model: 'm', version: '2' })
  }
  return out
}

/** Training rows alone: a labeler of six is wrong in 16 %, and from two thirds on each third source of twelve turns half of its labels. */
export const crowded = (rows: number): Arrival[] =>
  Array.from({ length: rows }, (_, index) => {
    const u = (lane: string) => hashUniform(`crowded ${lane}`, index)
    const [a, b] = [u('a'), u('b')]
    const source = Math.floor(12 * u('origin'))
    const labeler = Math.floor(6 * u('labeler'))
    const isWrecked = index > (2 * rows) / 3 && source % 3 === 0 && u('wrecked') < 0.5
    const isWrong = u('noise') < 0.02 || (labeler === 2 && u('careless') < 0.16)
    const label = a > b !== (isWrecked || isWrong) ? 'yes' : 'no'
    const origin = { id: `o${source}`, kind: 'vendor' }
    const data = { model: 'm', origin, labeler: `w${labeler}`, features: { a, b, c: u('c') < 0.5 ? 'p' : 'q' }, label }
    const event = {
      type: 'ml.training.v1' as const,
      id: `t${index}`,
      source: '/conformance',
      timeMs: 1000 * index,
      data,
    }
    return { event, index }
  })

/** Training rows with embeddings: from a third on one source of eight says yes to all of region west, and another crafts its no rows to lie in the middle of yes. */
export const placed = (rows: number): Arrival[] =>
  Array.from({ length: rows }, (_, index) => {
    const u = (lane: string) => hashUniform(`placed ${lane}`, index)
    const late = index > rows / 3
    const source = Math.floor(8 * u('origin'))
    const side = u('side') < 0.5 ? 1 : -1
    const isCrafted = late && source === 2 && side < 0
    const at = isCrafted ? 1 : side
    const wide = isCrafted ? 0.08 : 0.8
    const embedding = Array.from({ length: 8 }, (_, d) => (d === 0 ? at : 0.2 * at) + wide * (u(`e${d}`) - 0.5))
    const c = ['north', 'south', 'east', 'west'][Math.floor(4 * u('c'))] as string
    const isPulled = late && source === 1 && c === 'west'
    const label = isPulled || side > 0 !== u('noise') < 0.02 ? 'yes' : 'no'
    const data = {
      model: 'm',
      origin: { id: `o${source}`, kind: 'vendor' },
      features: { a: u('a'), c },
      embedding,
      label,
    }
    const event = {
      type: 'ml.training.v1' as const,
      id: `t${index}`,
      source: '/conformance',
      timeMs: 1000 * index,
      data,
    }
    return { event, index }
  })
