import type { NumberColumn } from '../stream/columns'
import { numberOf } from '../stream/columns'
import type { Scenario, Truth } from '../stream/truth'
import { manyValued, scenario } from '../stream/world'
import { moved, roundLike } from './inputs'

const broken = (kinds: Truth['kinds'], subject: Truth['subject'], from: number, more: Partial<Truth> = {}): Truth => ({
  kinds,
  subject,
  from,
  verdicts: ['pipeline-bug', 'undetermined'],
  follows: ['drift.prediction', 'drift.performance', 'drift.concept'],
  ...more,
})
const smooth = (c: { type: string }) => c.type === 'number' && (c as NumberColumn).shape.kind === 'smooth'

/** Columns that come, go, explode or break in part; several things in one stream. */
export const schemaChanges: readonly Scenario[] = [
  scenario('unseen', 'feature-new', (w) => ({
    labels: 'never',
    seen: (i, row) => {
      if (i >= w.begin) row.features.recently_added = Number(w.random.normal().toFixed(3))
    },
    truths: (line) => [
      broken(['quality.schema'], { feature: 'recently_added' }, line(w.begin), {
        verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
      }),
    ],
  })),
  scenario('unseen', 'feature-vanished', (w) => {
    const { name } = w.column(() => true)
    return {
      labels: 'part',
      seen: (i, row) => {
        if (i >= w.begin) delete row.features[name]
      },
      truths: (line) => [broken(['quality.missing', 'quality.schema'], { feature: name }, line(w.begin))],
    }
  }),
  scenario('unseen', 'feature-renamed', (w) => {
    const { name } = w.column(smooth)
    return {
      labels: 'never',
      seen: (i, row) => {
        if (i < w.begin) return
        row.features[`${name}_v2`] = row.features[name] as number
        delete row.features[name]
      },
      truths: (line) => [
        broken(['quality.missing', 'quality.schema'], { feature: name }, line(w.begin), {
          follows: ['drift.prediction', 'drift.performance', { kind: 'quality.schema', feature: `${name}_v2` }],
        }),
      ],
    }
  }),
  scenario('unseen', 'category-explosion', (w) => {
    const column = manyValued(w)
    return {
      seen: (i, row) => {
        if (i >= w.begin && w.random.chance(0.1)) row.features[column.name] = `id-${w.random.below(1e9)}`
      },
      truths: (line) => [
        broken(['drift.feature', 'quality.schema'], { feature: column.name }, line(w.begin), {
          verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
        }),
      ],
    }
  }),
  scenario('unseen', 'type-in-part', (w) => {
    const { name } = w.column((c) => c.type === 'number')
    return {
      labels: 'late',
      seen: (i, row) => {
        if (i >= w.begin && w.random.chance(0.03)) row.features[name] = 'NaN'
      },
      truths: (line) => [broken(['quality.schema'], { feature: name }, line(w.begin))],
    }
  }),
  scenario(
    'unseen',
    'segment-outage',
    (w) => {
      const { name } = w.column(smooth)
      const { key, values } = w.columns.segment
      const value = values.at(-1) as string
      return {
        seen: (i, row) => {
          if (i >= w.begin && row.segment[key] === value) row.features[name] = null
        },
        truths: (line) => [
          broken(['quality.missing', 'quality.schema'], { feature: name, segment: { [key]: value } }, line(w.begin), {
            orSubjects: [{ feature: name }],
          }),
        ],
      }
    },
    { segments: 4 },
  ),
  scenario('unseen', 'unit-affine', (w) => {
    // Celsius becomes Fahrenheit.
    const column = w.column(smooth) as NumberColumn
    const zero = column.median - 4 * column.spread
    return {
      labels: 'never',
      seen: (i, row) => {
        if (i >= w.begin)
          row.features[column.name] = roundLike(
            column,
            zero + 1.8 * (numberOf(row, column.name) - zero) + 2 * column.spread,
          )
      },
      truths: (line) => [
        broken(['quality.range', 'drift.feature'], { feature: column.name }, line(w.begin), {
          verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
        }),
      ],
    }
  }),
  scenario('unseen', 'one-producer', (w) => {
    // One upstream job feeds a third of the columns; all of them go at once: one cause.
    const fed = w.columns.numbers.filter((_, j) => j % 3 === 0)
    return {
      labels: 'part',
      seen: (i, row) => {
        if (i >= w.begin) for (const { name } of fed) row.features[name] = null
      },
      truths: (line) =>
        fed.map(({ name }) => broken(['quality.missing', 'quality.schema'], { feature: name }, line(w.begin))),
    }
  }),
  scenario('unseen', 'two-drifts', (w) => {
    // Two columns, two times, two causes.
    const [a, b] = w.columns.numbers.filter((c) => c.shape.kind === 'smooth') as [NumberColumn, NumberColumn]
    const second = w.begin + 2500
    return {
      labels: 'never',
      latent: (i, c, z) => z + (c === a && i >= w.begin ? 0.7 : c === b && i >= second ? -0.7 : 0),
      truths: (line) => [moved(a.name, line(w.begin), { to: line(second + 2000) }), moved(b.name, line(second))],
    }
  }),
  scenario('unseen', 'steps', (w) => {
    // The same column moves, and moves on: the second is a change of the new level.
    const column = w.bystander
    const second = w.begin + 2200
    return {
      labels: 'late',
      latent: (i, c, z) => z + (c !== column || i < w.begin ? 0 : i < second ? 0.8 : 1.7),
      truths: (line) => [moved(column.name, line(w.begin), { to: line(second) - 1 }), moved(column.name, line(second))],
    }
  }),
  scenario('unseen', 'trend', (w) => {
    // A column that drifts all the time from some point on, slowly.
    const column = w.bystander
    return {
      labels: 'never',
      rows: w.rows + 8000,
      latent: (i, c, z) => z + (c === column && i >= w.begin ? (i - w.begin) / 6000 : 0),
      truths: (line) => [moved(column.name, line(w.begin), { completeAt: line(w.rows + 7999) })],
    }
  }),
]
