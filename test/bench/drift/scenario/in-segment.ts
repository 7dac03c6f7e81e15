import type { CategoryColumn } from '../stream/columns'
import { anySeason, overDays } from '../stream/season'
import type { Scenario } from '../stream/truth'
import { manyValued, scenario } from '../stream/world'
import { moved, roundLike } from './inputs'

const weightOf = ({ values, weights }: CategoryColumn, value: string | boolean) =>
  weights[values.indexOf(value)] as number

/** What moves within one segment alone, beside a number that shifts there (inputs.ts). */
export const inSegments: readonly Scenario[] = [
  scenario(
    'unseen',
    'segment-category',
    (w) => {
      // Half of one category's rows become another's, in one segment.
      const column = manyValued(w)
      const [from, to] = [...column.values].sort((a, b) => weightOf(column, b) - weightOf(column, a)) as [
        string,
        string,
      ]
      const { key, values } = w.columns.segment
      const value = values[1 + w.random.below(values.length - 1)] as string
      return {
        labels: 'never',
        rows: w.rows + 6000,
        row: (i, row) => {
          if (i >= w.begin && row.segment[key] === value && row.features[column.name] === from && w.random.chance(0.6))
            row.features[column.name] = to
        },
        truths: (line) => [
          moved(column.name, line(w.begin), { subject: { feature: column.name, segment: { [key]: value } } }),
        ],
      }
    },
    { segments: 5 },
  ),
  scenario(
    'unseen',
    'segment-category-small',
    (w) => {
      // One segment of a twentieth of the rows takes on another mix whole.
      const column = manyValued(w)
      const { key, values } = w.columns.segment
      const value = values[0] as string
      const small = `${value}_2`
      let isSmall = false
      return {
        labels: 'never',
        rows: w.rows + 8000,
        row: (i, row) => {
          isSmall = w.random.chance(0.05)
          if (!isSmall) return
          row.segment[key] = small
          if (i >= w.begin && w.random.chance(0.5))
            row.features[column.name] = column.values.at(-1 - w.random.below(2)) as string
        },
        truths: (line) => [
          moved(column.name, line(w.begin), { subject: { feature: column.name, segment: { [key]: small } } }),
        ],
      }
    },
    { segments: 3 },
  ),
  scenario(
    'unseen',
    'segment-in-season',
    (w) => {
      // All columns go with the hours; one of them moves in one segment.
      const rows = w.rows + 10_000
      const times = overDays(w.random, rows, 24, w.random.chance(0.7))
      const season = anySeason(w.random, w.columns.numbers, 'none')
      const begin = Math.floor((0.5 + 0.15 * w.random.uniform()) * rows)
      const column = w.bystander
      const { key, values } = w.columns.segment
      const value = values[1 + w.random.below(values.length - 1)] as string
      return {
        labels: 'never',
        rows,
        clock: (i) => times[i] as number,
        latent: (i, c, z) => z + season(c, times[i] as number),
        row: (i, row) => {
          const x = row.features[column.name]
          if (i >= begin && row.segment[key] === value && typeof x === 'number')
            row.features[column.name] = roundLike(column, x + 1.2 * column.spread)
        },
        truths: (line) => [
          moved(column.name, line(begin), { subject: { feature: column.name, segment: { [key]: value } } }),
        ],
      }
    },
    { segments: 4 },
  ),
  scenario(
    'null',
    'null-segment-hours',
    (w) => {
      // Segments in other time zones: each has its own noon.
      const rows = w.rows + 10_000
      const times = overDays(w.random, rows, 24, true)
      const season = anySeason(w.random, w.columns.numbers, 'none')
      const { key, values } = w.columns.segment
      const zones = new Map(values.map((value) => [value, 3_600_000 * w.random.below(24)]))
      let zoneMs = 0
      return {
        labels: 'never',
        rows,
        clock: (i) => times[i] as number,
        // The segment of a row is drawn before its numbers; here it is given first.
        latent: (i, c, z) => {
          if (c === w.columns.numbers[0]) zoneMs = zones.get(w.random.pick(values, w.columns.segment.weights)) ?? 0
          return z + season(c, (times[i] as number) + zoneMs)
        },
        row: (_, row) => {
          const value = values.find((v) => zones.get(v) === zoneMs)
          if (value !== undefined) row.segment[key] = value
        },
      }
    },
    { segments: 4 },
  ),
]
