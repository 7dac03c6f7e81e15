import type { Alarm, Detector, UnitStanding } from '@/lib/detect/detector'
import { categoryAlarm } from '@/lib/detect/drift/category-alarm'
import { type CodeBook, categoryOf, codeOf, makeCodeBook } from '@/lib/detect/drift/code-book'
import { shareRates } from '@/lib/detect/drift/code-learned'
import { type CodeUnit, shareOf, skipCode, startCodeUnit, watchCode } from '@/lib/detect/drift/code-unit'
import { type KeyOrder, keyOrder, placeOf } from '@/lib/detect/drift/key-order'
import { addRow, type RowRing, startRows } from '@/lib/detect/drift/rows'
import type { Features } from '@/lib/event/types'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * A string or boolean feature whose categories change their shares, or that takes values never seen.
 *
 * Watches   each string or boolean feature of `ml.prediction.v1` against the first rows of the model (baseline.rows, 2,000).
 * Misses    columns like identifiers (more than half of the baseline's values differ), changes among the categories beyond the sixty commonest, and
 *           what moves in a small segment only.
 * Assumes   rows exchangeable while nothing changes.
 * Evidence  e-detector over bets on the odds of each category (up to seven), on unknown values from nothing, and on observed over expected at three rates.
 * Effect    null-corrected total variation: share of rows in other categories than before; below `least` the new level is taken on without a word.
 * Source    recipes/drift.md §2; Vovk 2021, Testing randomness online.
 *
 * @example  a share of .3, then .5 from row 3,000, budget 1 per 100,000 lines → one finding at index 3,057, onset 3,000.
 */
export interface CategoricalFeatureParams {
  readonly least: number
  readonly ringRows: number
  readonly mostFeatures: number
}

export interface CategoricalFeatureState {
  version: number
  baselineRows: number
  rows: RowRing
  /** Categories while gathering, by feature. */
  gathered: Map<string, string[]>
  /** Features in order of first appearance in the baseline, with their code books and units. */
  names: string[]
  books: CodeBook[]
  units: CodeUnit[]
  /** Once armed. */
  order: KeyOrder | null
}

const version = 2
const golden = 0.6180339887498949

export const categoricalFeature: Detector<CategoricalFeatureParams, CategoricalFeatureState> = {
  id: 'drift.feature/categorical',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.4,
  minSample: 2000,
  params: { least: 0.03, ringRows: 20_000, mostFeatures: 256 },

  init: (params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    rows: startRows(params.ringRows),
    gathered: new Map(),
    names: [],
    books: [],
    units: [],
    order: null,
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const { features } = event.data
      const row = addRow(state.rows, index, event.timeMs)
      if (!state.order) {
        gather(state, features)
        if (row + 1 >= state.baselineRows) complete(state, features, row + 1)
        continue
      }
      if (state.units.length === 0) continue
      const live = readCodes(state.books, state.order, features)
      const mass = live > 0 ? ctx.mass(arrival) / live : 0
      const start = ctx.uniform(categoricalFeature.id, row)
      for (let i = 0; i < state.units.length; i++) {
        const unit = state.units[i] as CodeUnit
        const code = codes[i] as number
        if (code < 0) {
          skipCode(unit, row)
          continue
        }
        const u = start + (i + 1) * golden
        const crossing = watchCode(unit, row, code, mass, u - Math.floor(u))
        if (!crossing) continue
        const { names } = state.books[i] as CodeBook
        const { least } = categoricalFeature.params
        const alarm = categoryAlarm(state.names[i] as string, crossing, names, state.rows, least)
        if (alarm) alarms.push(alarm)
      }
    }
    return { state, alarms }
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const [i, unit] of state.units.entries()) {
      const name = state.names[i] as string
      standings.push({
        kind: 'drift.feature',
        unit: `feature=${name}`,
        subject: { feature: name },
        ...reportEvidence(unit.evidence),
        effect: recentShift(unit),
        n: unit.evidence.updates,
      })
    }
    return worstFirst(standings, limit)
  },
}

/** Codes of the row at hand by unit; −1 where it has no category. */
const codes = new Int16Array(categoricalFeature.params.mostFeatures)

/** Fills `codes`. @returns how many units have one. */
function readCodes(books: readonly CodeBook[], order: KeyOrder, features: Features): number {
  codes.fill(-1, 0, books.length)
  let live = 0
  let place = -1
  for (const name in features) {
    const next = placeOf(order, name, place)
    if (next < 0) continue
    place = next
    const slot = order.slots[place] as number
    if (slot < 0) continue
    const category = categoryOf(features[name])
    if (category === null) continue
    codes[slot] = codeOf(books[slot] as CodeBook, category)
    live++
  }
  return live
}

function gather(state: CategoricalFeatureState, features: Features): void {
  for (const name in features) {
    const category = categoryOf(features[name])
    if (category === null) continue
    let values = state.gathered.get(name)
    if (!values) {
      if (state.gathered.size >= categoricalFeature.params.mostFeatures) continue
      values = []
      state.gathered.set(name, values)
    }
    values.push(category)
  }
}

/** A feature is categorical when a quarter of the baseline's rows give it a category, and it is not like an identifier. */
function complete(state: CategoricalFeatureState, features: Features, row: number): void {
  for (const [name, values] of state.gathered) {
    if (values.length < Math.max(50, state.baselineRows / 4)) continue
    if (new Set(values).size > 0.5 * values.length) continue
    const half = values.length >> 1
    const book = makeCodeBook(values.slice(0, half))
    const counts = new Array<number>(book.names.length + 1).fill(0)
    for (let i = half; i < values.length; i++) {
      const code = codeOf(book, values[i] as string)
      counts[code] = (counts[code] as number) + 1
    }
    const held = Math.min(state.rows.line.length, Math.max(2000, Math.floor(1_000_000 / state.gathered.size)))
    state.names.push(name)
    state.books.push(book)
    state.units.push(startCodeUnit('both', counts, held, row))
  }
  state.gathered = new Map()
  state.order = keyOrder(features, new Map(state.names.map((name, slot) => [name, slot])))
}

/** Total variation of the latest 150 or so rows, from the learned bets. */
function recentShift(unit: CodeUnit): number {
  const rate = shareRates.indexOf(1 / 150)
  const from = rate * unit.codes
  let rows = 0
  for (let c = 0; c < unit.codes; c++) rows += unit.observed[from + c] as number
  let apart = 0
  for (let c = 0; c < unit.codes && rows > 0; c++)
    apart += Math.abs((unit.observed[from + c] as number) / rows - shareOf(unit, c)) / 2
  return rows * (unit.decay[rate] as number) >= 20 ? apart : 0
}
