import type { Label, TrainingData } from '@/lib/event/types'

/**
 * Which features name what is rated: categories (or whole numbers whose name says so) of many values that come again, and are not the rater's own name.
 * Judged once, from the first 1,000 rows; three keys at most, those of most values.
 */
export interface ItemKeys {
  rows: number
  seen: Map<string, Seen>
  /** Labels seen so far, at most 30. */
  labels: Label[]
  /** Null until judged; empty: nothing is rated here. */
  keys: string[] | null
}

interface Seen {
  rows: number
  values: Set<string>
  isRater: number
}

export const judgeRows = 1000
const mostKeys = 3
const mostSeen = 40
const mostValues = 600
const leastValues = 15
const leastRowsEach = 2
const raterWords = /user|rater|review(er)?$|customer|account|annotator|labeler|worker|device|session/i
const itemWords =
  /item|product|movie|film|book|song|title|hotel|restaurant|teacher|course|word|sku|asin|shop|place|app/i
/** A whole number names something where its name says so alone: `words` is how many there are. */
const numberWords =
  /(^|[_. -])(item|product|movie|film|book|song|title|hotel|restaurant|teacher|course|word|sku|asin|shop|place|app)([_. -]?(id|no|nr|number|code))?$/i

export const startItemKeys = (): ItemKeys => ({ rows: 0, seen: new Map(), labels: [], keys: null })

export const raterOf = ({ labeler, origin }: TrainingData): string => labeler ?? origin.id

/** A rating as a number: of two classes the first seen is 0, the other 1; NaN for anything else. */
export const ratingOf = ({ labels, keys }: ItemKeys, label: Label): number => {
  if (typeof label === 'number') return label
  return keys === null || labels.length === 2 ? labels.indexOf(label) : Number.NaN
}

/** Takes one of the first rows. */
export function learnKeys(state: ItemKeys, data: TrainingData): void {
  if (state.labels.length < 30 && !state.labels.includes(data.label)) state.labels.push(data.label)
  const rater = raterOf(data)
  for (const name in data.features) {
    const value = data.features[name]
    const numbered = typeof value === 'number' && Number.isInteger(value) && numberWords.test(name)
    if (typeof value !== 'string' && !numbered) continue
    let its = state.seen.get(name)
    if (!its) {
      if (state.seen.size >= mostSeen) continue
      its = { rows: 0, values: new Set(), isRater: 0 }
      state.seen.set(name, its)
    }
    its.rows++
    if (its.values.size < mostValues) its.values.add(String(value).slice(0, 120))
    if (value === rater || value === data.origin.id) its.isRater++
  }
  if (++state.rows < judgeRows) return
  const rated = state.labels.length === 2 || (state.labels.length > 2 && typeof data.label === 'number')
  state.keys = rated
    ? [...state.seen]
        .filter(
          ([name, { rows, values, isRater }]) =>
            values.size >= leastValues &&
            values.size * leastRowsEach <= rows &&
            isRater < rows / 10 &&
            !raterWords.test(name),
        )
        .sort(
          ([a, x], [b, y]) =>
            Number(itemWords.test(b)) - Number(itemWords.test(a)) || y.values.size - x.values.size || (a < b ? -1 : 1),
        )
        .slice(0, mostKeys)
        .map(([name]) => name)
    : []
  state.seen = new Map()
}
