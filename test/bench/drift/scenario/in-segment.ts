import type { CategoryColumn } from '../stream/columns'
import type { Scenario } from '../stream/truth'
import { scenario, type World } from '../stream/world'
import { moved } from './inputs'

const manyValued = (w: World) => w.column((c) => c.type === 'category' && c.values.length > 2) as CategoryColumn

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
]
