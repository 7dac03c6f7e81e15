import { type CategoryColumn, type NumberColumn, numberOf } from '../stream/columns'
import type { Scenario, Truth } from '../stream/truth'
import { scenario } from '../stream/world'
import { roundLike } from './inputs'

const broken = (kinds: Truth['kinds'], feature: string, from: number, more: Partial<Truth> = {}): Truth => ({
  kinds,
  subject: { feature },
  from,
  verdicts: ['pipeline-bug'],
  follows: ['drift.prediction', 'drift.performance', 'drift.concept'],
  ...more,
})
const smooth = (c: { type: string }) => c.type === 'number' && (c as NumberColumn).shape.kind === 'smooth'
const positive = (c: { type: string }) =>
  smooth(c) &&
  (c as NumberColumn).median > 3 * (c as NumberColumn).spread * 0.3 &&
  (c as NumberColumn).shape.value(-3) > 0

/** What a pipeline does to a column between the world and the model. */
export const qualities: readonly Scenario[] = [
  scenario('core', 'missing-3-8', (w) => {
    const { name } = w.column(() => true)
    const gone = w.random.chance(0.5)
    return {
      labels: 'late',
      row: (i, row) => {
        if (!w.random.chance(i >= w.begin ? 0.08 : 0.03)) return
        if (gone) delete row.features[name]
        else row.features[name] = null
      },
      truths: (line) => [
        broken(['quality.missing'], name, line(w.begin), {
          verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
        }),
      ],
    }
  }),
  scenario('core', 'feature-outage', (w) => {
    const { name } = w.column(() => true)
    return {
      seen: (i, row) => {
        if (i >= w.begin) row.features[name] = null
      },
      truths: (line) => [broken(['quality.missing', 'quality.schema'], name, line(w.begin))],
    }
  }),
  scenario('core', 'feature-outage-short', (w) => {
    const { name } = w.column(() => true)
    const lasts = 150 + w.random.below(400)
    return {
      labels: 'part',
      seen: (i, row) => {
        if (i >= w.begin && i < w.begin + lasts) row.features[name] = null
      },
      truths: (line) => [
        broken(['quality.missing', 'quality.schema'], name, line(w.begin), { completeAt: line(w.begin + lasts) }),
      ],
    }
  }),
  scenario('core', 'stale', (w) => {
    const { name } = w.column(smooth)
    let last: unknown
    return {
      seen: (i, row) => {
        if (i < w.begin) last = row.features[name]
        else row.features[name] = last as number
      },
      truths: (line) => [broken(['quality.frozen'], name, line(w.begin))],
    }
  }),
  scenario('core', 'type', (w) => {
    const { name } = w.column((c) => c.type === 'number')
    return {
      labels: 'never',
      seen: (i, row) => {
        if (i >= w.begin) row.features[name] = String(row.features[name])
      },
      truths: (line) => [broken(['quality.schema'], name, line(w.begin))],
    }
  }),
  scenario('core', 'unit', (w) => {
    const column = w.column(positive) as NumberColumn
    const factor = w.random.pick([1000, 0.001, 100, 0.01, 60, 1 / 60])
    return {
      seen: (i, row) => {
        if (i >= w.begin) row.features[column.name] = Number((numberOf(row, column.name) * factor).toPrecision(5))
      },
      truths: (line) => [broken(['quality.range'], column.name, line(w.begin))],
    }
  }),
  scenario('core', 'columns-swapped', (w) => {
    const [a, b] = [...w.columns.numbers]
      .filter((c) => c.shape.kind === 'smooth')
      .sort(() => w.random.uniform() - 0.5) as [NumberColumn, NumberColumn]
    return {
      labels: 'part',
      seen: (i, row) => {
        if (i < w.begin) return
        const first = row.features[a.name] as number
        row.features[a.name] = row.features[b.name] as number
        row.features[b.name] = first
      },
      truths: (line) => [broken(['quality.swap'], a.name, line(w.begin), { subject: { features: [a.name, b.name] } })],
    }
  }),
  scenario('core', 'category-recoded', (w) => {
    // A producer changes its spelling: every value is new at once.
    const column = w.column((c) => c.type === 'category' && typeof c.values[0] === 'string') as CategoryColumn
    return {
      labels: 'never',
      seen: (i, row) => {
        if (i >= w.begin) row.features[column.name] = String(row.features[column.name]).toUpperCase()
      },
      truths: (line) => [
        broken(['drift.feature', 'quality.schema'], column.name, line(w.begin), {
          verdicts: ['pipeline-bug', 'undetermined'],
        }),
      ],
    }
  }),
  scenario('core', 'default-filled', (w) => {
    // A fifth of the values become the producer's default.
    const column = w.column(smooth) as NumberColumn
    const value = roundLike(column, w.random.pick([0, -1, 999]) || column.median)
    return {
      labels: 'late',
      seen: (i, row) => {
        if (i >= w.begin && w.random.chance(0.2)) row.features[column.name] = value
      },
      truths: (line) => [
        broken(['drift.feature', 'quality.range', 'quality.missing', 'quality.frozen'], column.name, line(w.begin), {
          verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
        }),
      ],
    }
  }),
]
