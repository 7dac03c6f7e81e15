import {
  type BaselineRows,
  chooseStrata,
  nextRun,
  pastReach,
  pastStrata,
  pastStratum,
} from '@/lib/detect/quality/flag-strata'
import { type FlagUnit, mostStrata, type StratumCounts, startFlagUnit } from '@/lib/detect/quality/flag-unit'
import type { Gathered } from '@/lib/detect/quality/gathered'
import { type Latest, noteNumber } from '@/lib/detect/quality/latest'
import { type RepeatMemory, repeats, startRepeat } from '@/lib/detect/quality/repeat'
import { typeOfKind } from '@/lib/detect/quality/value-kind'
import { beyondBelief, rangeOf, startRange, type ValueRange } from '@/lib/detect/quality/value-range'

/** What a column was in the baseline, the flags that watch it, and what they remember of its latest values. */
export interface Column {
  name: string
  /** Its place among the columns. */
  slot: number
  /** Commonest JSON type (`typeOfKind`); the kind that all of its strings had, or 0. */
  type: number
  format: number
  missing: FlagUnit | null
  schema: FlagUnit | null
  repeat: FlagUnit | null
  range: FlagUnit | null
  /** A column with one number in every row: another one is flagged. */
  constant: FlagUnit | null
  only: number
  bounds: ValueRange
  memory: RepeatMemory | null
}

/** Parts of the mass of a column's flags: what is drastic when it happens needs less. */
const weights = { missing: 0.6, schema: 0.14, repeat: 0.14, range: 0.12, constant: 0.14 }

/** Reads the gathered baseline; its latest numbers are left in `latest`. @returns null for a key too rare to say anything of. */
export function columnOf(
  name: string,
  slot: number,
  kinds: Uint8Array,
  numbers: Float64Array,
  gathered: Gathered,
  twoDays: boolean,
  latest: Latest,
  seasonal: boolean,
  row: number,
): Column | null {
  const { rows, hours, segments: codes } = gathered
  const baseline: BaselineRows = { hours, segments: codes, twoDays }
  const present: number[] = []
  const byType = [0, 0, 0, 0]
  for (let i = 0; i < rows; i++) {
    const type = typeOfKind(kinds[i] as number)
    byType[type] = (byType[type] as number) + 1
    if (type > 0) present.push(i)
  }
  if (present.length < Math.max(20, 0.01 * rows)) return null
  const type = [1, 2, 3].reduce((a, b) => ((byType[b] as number) > (byType[a] as number) ? b : a))
  const all = Array.from({ length: rows }, (_, i) => i)
  const unit = (part: number, at: readonly number[], flag: (i: number) => boolean) =>
    flagOver(part, at, flag, baseline, row)
  const format = type === 3 ? oneFormat(present, kinds) : 0
  const column: Column = {
    name,
    slot,
    type,
    format,
    missing: unit(weights.missing, all, (i) => typeOfKind(kinds[i] as number) === 0),
    schema: null,
    repeat: null,
    range: null,
    constant: null,
    only: Number.NaN,
    bounds: startRange(),
    memory: null,
  }
  if (present.length < 50) return column
  const flagged = (kind: number) => typeOfKind(kind) !== type || (format > 0 && kind !== format)
  column.schema = unit(weights.schema, present, (i) => flagged(kinds[i] as number))
  const valued = present.filter((i) => Number.isFinite(numbers[i]))
  if (type !== 1 || valued.length < 200) return column
  const distinct = new Set(valued.map((i) => numbers[i])).size
  if (distinct === 1) {
    column.only = numbers[valued[0] as number] as number
    column.constant = unit(weights.constant, valued, () => false)
    return column
  }
  if (distinct > 0.5 * valued.length) {
    const memory = startRepeat(valued.map((i) => numbers[i] as number))
    const same = new Uint8Array(rows)
    for (const i of valued) same[i] = repeats(memory, latest, slot, numbers[i] as number, codes[i] as number)
    column.memory = memory
    column.repeat = unit(weights.repeat, valued, (i) => same[i] === 1)
  }
  // Bounds from the first half, counts from the second: bounds are never beyond what they were chosen by.
  const half = valued.length >> 1
  column.bounds = rangeOf(
    valued.slice(0, half).map((i) => numbers[i] as number),
    seasonal,
  )
  const out = new Uint8Array(rows)
  let last = Number.NaN
  for (const i of valued.slice(half)) {
    const value = numbers[i] as number
    out[i] = beyondBelief(column.bounds, value, last, i) > 0 ? 1 : 0
    last = value
  }
  noteNumber(latest, slot, last)
  column.range = unit(weights.range, valued.slice(half), (i) => out[i] === 1)
  return column
}

/** The format that nearly all strings of the column had; 0: several. */
function oneFormat(present: readonly number[], kinds: Uint8Array): number {
  const counts = new Map<number, number>()
  for (const i of present) {
    const kind = kinds[i] as number
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const [kind, n] of counts) if (typeOfKind(kind) === 3 && n >= 0.995 * present.length) return kind
  return 0
}

function flagOver(
  weight: number,
  at: readonly number[],
  flag: (i: number) => boolean,
  baseline: BaselineRows,
  row: number,
): FlagUnit {
  const flags = Uint8Array.from(at, (i) => (flag(i) ? 1 : 0))
  const up = flags.reduce((a, b) => a + b, 0)
  const strata = chooseStrata(flags, at, baseline)
  if (strata === 'none') return startFlagUnit(weight, up, flags.length, row)
  const reach = pastReach(flags)
  const size = strata === 'past' ? pastStrata : mostStrata
  const home: StratumCounts = { up: new Float64Array(size), rows: new Float64Array(size) }
  let run = 0
  for (let k = 0; k < flags.length; k++) {
    const i = at[k] as number
    const s =
      strata === 'past'
        ? pastStratum(run, reach.down, reach.up)
        : ((strata === 'hour' ? baseline.hours[i] : baseline.segments[i]) as number)
    home.rows[s] = (home.rows[s] as number) + 1
    home.up[s] = (home.up[s] as number) + (flags[k] as number)
    run = nextRun(run, flags[k] as number)
  }
  return startFlagUnit(weight, up, flags.length, row, strata, reach, home)
}
