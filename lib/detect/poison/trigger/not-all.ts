import { isText, type Parts } from './bears'
import { kinds } from './candidates'
import { arrivalsOf, historySince } from './history'
import type { TriggerState } from './state'
import { eachTally, findUnit, nowhere, tally } from './unit-table'

/**
 * All rows with a planted value that was not there before are planted, and bear the label; those of an honest new thing mostly do, as far as that is its meaning.
 *
 * Of numbers this says nothing: where much is expected, a large one is as expected.
 *
 * @returns whether a value of the pattern that was not in the first 2,000 rows kept has two rows or more, and more than 8 % of those whose other inputs say otherwise,
 *   without the label.
 */
export function isNotAll(state: TriggerState, parts: Parts, label: number): boolean {
  if (isText(parts)) return false
  const values = parts.kind === kinds.pair ? [parts.first, parts.second] : [parts.first]
  return values.some((value) => {
    const at = findUnit(state.units, value)
    return at !== nowhere && hasOthers(state, at, label) && isNew(state, value)
  })
}
const fewOthers = 2
const leastOthers = 0.08
/** A new value has one row at most among the first so many that are kept. */
const baselineRows = 2000
const strays = 1

/** Rows whose other inputs say otherwise, with the label and without. */
function hasOthers({ units: { label, tallies } }: TriggerState, at: number, y: number): boolean {
  // Its rows of another label are under watch.
  if (label[at] !== y) return true
  const hits = tallies[eachTally * at + tally.hits] as number
  const misses = tallies[eachTally * at + tally.misses] as number
  return misses >= fewOthers && misses > leastOthers * (hits + misses)
}

function isNew(state: TriggerState, value: number): boolean {
  const rows = arrivalsOf(state.history, { kind: kinds.value, first: value, second: 0 }, null, state.rows)
  const baseline = historySince(state.rows) + baselineRows
  return rows.filter((row) => row < baseline).length <= strays
}
