import type { CategoryColumn, NumberColumn } from '../stream/columns'
import { numberOf } from '../stream/columns'
import type { Follow, Scenario, Truth } from '../stream/truth'
import { scenario, type World } from '../stream/world'

const consequences: readonly Follow[] = ['drift.prediction', 'drift.label', 'drift.performance']

export const moved = (feature: string, from: number, more: Partial<Truth> = {}): Truth => ({
  kinds: ['drift.feature'],
  subject: { feature },
  from,
  verdicts: ['benign-shift'],
  follows: consequences,
  ...more,
})

const smooth = (c: { type: string }): c is NumberColumn =>
  c.type === 'number' && (c as NumberColumn).shape.kind === 'smooth'
const category = (c: { type: string; values?: readonly unknown[] }): boolean =>
  c.type === 'category' && (c.values?.length ?? 0) > 2

/** Adds to a number where it is one. */
const add =
  (w: World, column: NumberColumn, sd: (i: number) => number) => (i: number, row: Parameters<typeof numberOf>[0]) => {
    const by = sd(i)
    if (by !== 0) row.features[column.name] = roundLike(column, numberOf(row, column.name) + by * column.spread)
  }
export const roundLike = (column: NumberColumn, value: number): number =>
  Number(value.toFixed(Math.max(0, 4 - Math.floor(Math.log10(column.spread)))))

/** What a feature may honestly do: each is a benign shift that only its own column shows. */
export const inputs: readonly Scenario[] = [
  scenario('core', 'shift-025sd', (w) => {
    const column = w.column(smooth) as NumberColumn
    return {
      labels: 'never',
      rows: w.rows + 12_000,
      row: add(w, column, (i) => (i >= w.begin ? 0.25 : 0)),
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario('core', 'shift-06sd-labels', (w) => {
    const column = w.column(smooth) as NumberColumn
    const sign = w.random.chance(0.5) ? 1 : -1
    return {
      row: add(w, column, (i) => (i >= w.begin ? sign * 0.6 : 0)),
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario('core', 'shift-gradual', (w) => {
    const column = w.column(smooth) as NumberColumn
    const over = 2000 + w.random.below(3000)
    return {
      labels: 'late',
      row: add(w, column, (i) => 0.8 * Math.min(1, Math.max(0, (i - w.begin) / over))),
      truths: (line) => [moved(column.name, line(w.begin), { completeAt: line(w.begin + over) })],
    }
  }),
  scenario('core', 'variance-12', (w) => {
    const column = w.column(smooth) as NumberColumn
    return {
      labels: 'never',
      rows: w.rows + 12_000,
      latent: (i, c, z) => (c === column && i >= w.begin ? 1.2 * z : z),
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario('core', 'tail-4sd', (w) => {
    const column = w.column(smooth) as NumberColumn
    const share = 0.012 + 0.012 * w.random.uniform()
    return {
      labels: 'never',
      rows: w.rows + 8000,
      row: (i, row) => {
        if (i >= w.begin && w.random.chance(share))
          row.features[column.name] = roundLike(column, column.median + (4 + w.random.normal()) * column.spread)
      },
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario('core', 'category-share', (w) => {
    const column = w.column(category) as CategoryColumn
    const [from, to] = column.values as [string, string]
    return {
      row: (i, row) => {
        if (i >= w.begin && row.features[column.name] === from && w.random.chance(0.3)) row.features[column.name] = to
      },
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario('core', 'category-new', (w) => {
    const column = w.column(category) as CategoryColumn
    const share = 0.01 + 0.03 * w.random.uniform()
    return {
      row: (i, row) => {
        if (i >= w.begin && w.random.chance(share)) row.features[column.name] = 'fresh'
      },
      truths: (line) => [moved(column.name, line(w.begin))],
    }
  }),
  scenario(
    'core',
    'segment-local',
    (w) => {
      const column = w.column(smooth) as NumberColumn
      const { key, values } = w.columns.segment
      const value = values[1 + w.random.below(values.length - 1)] as string
      const segment = { [key]: value }
      return {
        rows: w.rows + 6000,
        row: (i, row) => {
          if (i >= w.begin && row.segment[key] === value) add(w, column, () => 1)(i, row)
        },
        truths: (line) => [moved(column.name, line(w.begin), { subject: { feature: column.name, segment } })],
      }
    },
    { segments: 5 },
  ),
  scenario(
    'core',
    'benign-launch',
    (w) => {
      // A value never seen before opens with customers unlike the others: that is the launch, not a drift of each column.
      const { key } = w.columns.segment
      const unlike = w.columns.numbers.map((c) => ({ c, by: 1.2 * w.random.normal() }))
      const share = 0.04 + 0.12 * w.random.uniform()
      return {
        row: (i, row) => {
          if (i < w.begin || !w.random.chance(share * Math.min(1, (i - w.begin + 200) / 1500))) return
          row.segment[key] = 'aurora'
          for (const { c, by } of unlike) add(w, c, () => by)(i, row)
        },
        truths: (line) => [
          {
            kinds: ['drift.segment'],
            subject: { segment: { [key]: 'aurora' } },
            from: line(w.begin),
            verdicts: ['benign-shift'],
            completeAt: line(w.begin + 1500),
          },
        ],
      }
    },
    { segments: 4 },
  ),
  scenario(
    'core',
    'segment-share',
    (w) => {
      const { key, values } = w.columns.segment
      const big = values[0] as string
      return {
        takes: (i, row) => i < w.begin || row.segment[key] !== big || !w.random.chance(0.55),
        truths: (line) => [
          {
            kinds: ['drift.segment'],
            subject: { segment: { [key]: big } },
            orSubjects: values.filter((v) => v !== big).map((v) => ({ segment: { [key]: v } })),
            from: line(w.begin),
            verdicts: ['benign-shift'],
            follows: consequences,
          },
        ],
      }
    },
    { segments: 4 },
  ),
  scenario('core', 'correlation-only', (w) => {
    // Two columns of one factor let go of each other; each alone stays as it was.
    const [a, b] = w.columns.numbers.filter((c) => c.shape.kind === 'smooth') as [NumberColumn, NumberColumn]
    let last = 0
    const strength = 0.75
    return {
      labels: 'never',
      noSegment: true,
      latent: (i, c, z) => {
        if (c === a) last = w.random.normal()
        const own =
          c === a
            ? last
            : c === b
              ? i < w.begin
                ? strength * last + Math.sqrt(1 - strength ** 2) * w.random.normal()
                : w.random.normal()
              : z
        return own
      },
      truths: (line) => [
        {
          kinds: ['drift.multivariate'],
          subject: { features: [a.name, b.name] },
          from: line(w.begin),
          follows: consequences,
        },
      ],
    }
  }),
]
