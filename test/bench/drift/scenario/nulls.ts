import type { Column, NumberColumn } from '../stream/columns'
import type { Labels } from '../stream/labels'
import type { Scenario } from '../stream/truth'
import { scenario, type World } from '../stream/world'

/** First-order autocorrelation in every number column, of the given strength. */
const autoregressive = (w: World, phi: number) => {
  const state = new Map<NumberColumn, number>()
  return (_: number, column: NumberColumn, z: number) => {
    const before = state.get(column)
    const now = before === undefined ? z : phi * before + Math.sqrt(1 - phi * phi) * z
    state.set(column, now)
    return now
  }
}
const ar = (phi: number, labels: Labels) =>
  scenario(
    'null',
    `null-ar1-${phi}`,
    (w) => ({ rows: w.rows + (labels === 'never' ? 15_000 : 0), labels, latent: autoregressive(w, phi) }),
    { segments: 0 },
  )

/** Streams in which nothing happens that anyone should be woken for. */
export const nulls: readonly Scenario[] = [
  scenario('null', 'null-iid', () => ({})),
  scenario('null', 'null-iid-25', (w) => ({ rows: w.rows + 12_000, labels: 'never' }), { features: 25, segments: 5 }),
  scenario('null', 'null-late-labels', () => ({ labels: 'late' })),
  scenario('null', 'null-part-labels', () => ({ labels: 'part' })),
  scenario('null', 'null-regression', () => ({ task: 'regression' })),
  scenario('null', 'null-many-segments', (w) => ({ rows: w.rows + 6000, labels: 'never' }), { segments: 24 }),
  ar(0.3, 'prompt'),
  ar(0.6, 'never'),
  ar(0.9, 'never'),
  ar(0.98, 'never'),
  scenario('null', 'null-bursty', (w) => {
    // A quiet hour, then hundreds within minutes; who comes in a burst comes from one segment more often.
    let now = Date.UTC(2025, w.random.below(12), 3)
    const { values } = w.columns.segment
    return {
      clock: (i) => (now += i % 400 === 0 ? Math.round(3_600_000 * (1 + 5 * w.random.uniform())) : 4000),
      takes: (_, row) => row.segment[w.columns.segment.key] !== values[0] || w.random.chance(0.8),
    }
  }),
  scenario('null', 'null-dirty', (w) => {
    const [a, b, c, d] = [...w.columns.all].sort(() => w.random.uniform() - 0.5) as unknown as [
      Column,
      Column,
      Column,
      Column,
    ]
    const [p, q] = [0.1 * w.random.uniform(), 0.1 * w.random.uniform()]
    const number = w.column((x) => x.type === 'number').name
    return {
      seen: (_, row) => {
        if (w.random.chance(p)) row.features[a.name] = null
        if (w.random.chance(q)) delete row.features[b.name]
        if (w.random.chance(0.002)) row.features[c.name] = 'n/a'
        if (w.random.chance(0.01)) row.features[number] = String(row.features[number])
        if (w.random.chance(0.003)) row.features[d.name] = -999
      },
    }
  }),
  scenario('null', 'null-missing-runs', (w) => {
    // A producer drops a column for a few rows at a time, as it always has.
    const { name } = w.column(() => true)
    let left = 0
    return {
      seen: (_, row) => {
        if (left > 0) left--
        else if (w.random.chance(0.01)) left = 1 + w.random.below(6)
        if (left > 0) row.features[name] = null
      },
    }
  }),
  scenario('null', 'null-versions', (w) => {
    // A new version every few thousand predictions, each as good as the last.
    const every = 1500 + w.random.below(2000)
    return { version: (i) => `v${1 + Math.floor(i / every)}` }
  }),
]
