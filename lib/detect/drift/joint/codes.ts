import { isSerial } from '@/lib/detect/drift/joint/serial'
import type { JointFeature, JointState } from '@/lib/detect/drift/joint/state'
import { slotsOf } from '@/lib/detect/drift/key-order'
import { scoreOf, startScores, tieAt } from '@/lib/detect/drift/normal-scores'
import { adjust, adjustedBaseline, learnSeason } from '@/lib/detect/drift/numeric/season'
import { fieldAt, fieldsOf } from '@/lib/detect/fields'
import { weekHourOf } from '@/lib/detect/season'
import type { Features, FeatureValue } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'
import { uniformFrom } from '@/lib/stats/hash-uniform'

/** Codes of the row at hand, two bits a feature. */
export const rowWords = new Int32Array(2)
export const mostFeatures = 26

/** Fewer values than this are categories, numbers or not; more strings than this an identifier. */
const fewValues = 12
const mostCategories = 60
const longest = 60

export const codeOf = (words: ArrayLike<number>, at: number, feature: number): number =>
  ((words[at + (feature >> 4)] as number) >>> (2 * (feature & 15))) & 3

/** A category is kept by its value, a long one by its head. */
export const keyOf = (value: FeatureValue | undefined): FeatureValue =>
  typeof value === 'string' && value.length > longest ? value.slice(0, longest) : (value ?? null)

/** The edges of numbers that are read as they are, side by side. */
export function plainEdges(features: readonly JointFeature[]): Float64Array {
  const all = new Float64Array(4 * features.length).fill(Number.NaN)
  for (const [slot, { edges, season }] of features.entries()) if (edges && !season) all.set(edges, 4 * slot)
  return all
}

/** Reads a row into `rowWords`. What is missing, or was never seen, has no part in any dependence: its code is a uniform one. */
export function readCodes(state: JointState, features: Features, row: number, timeMs: number): void {
  const { order, edges } = state
  if (!order) return
  const weekHour = weekHourOf(timeMs)
  const fields = fieldsOf(features)
  const { count, numbers } = fields
  const slots = slotsOf(order, fields)
  rowWords.fill(0)
  let seen = 0
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    if (slot < 0) continue
    const at = 4 * slot
    const low = edges[at] as number
    let code = -1
    if (Number.isNaN(low))
      code = codeIn(state.features[slot] as JointFeature, fieldAt(fields, i), weekHour, 64 * row + slot)
    else {
      const x = numbers[i] as number
      if (!Number.isNaN(x)) code = +(x > low) + +(x > (edges[at + 1] as number)) + +(x > (edges[at + 2] as number))
    }
    if (code < 0) continue
    seen |= 1 << slot
    putCode(slot, code)
  }
  const all = 2 ** state.features.length - 1
  if (seen === all) return
  for (let slot = 0; slot < state.features.length; slot++)
    if (((seen >>> slot) & 1) === 0) putCode(slot, Math.floor(4 * uniformFrom(0x51ed270b + slot, row)))
}

function putCode(slot: number, code: number): void {
  const word = slot >> 4
  rowWords[word] = (rowWords[word] as number) | (code << (2 * (slot & 15)))
}

/** @param tie a whole number of its own for this value. @returns −1 for what has no code. */
export function codeIn(
  { edges, codes, season }: JointFeature,
  value: FeatureValue | undefined,
  weekHour: number,
  tie: number,
): number {
  if (edges === null) return codes.get(keyOf(value)) ?? -1
  if (!isFiniteNumber(value)) return -1
  const x = season ? adjust(season.level, scoreOf(season.scores, value, tieAt(tie)), weekHour) : value
  return +(x > (edges[0] as number)) + +(x > (edges[1] as number)) + +(x > (edges[2] as number))
}

/**
 * A column of the baseline as a feature. In a season a number is read as its normal score less what is usual at that hour.
 * @param studied the rows that may choose its codes: those tested later must not.
 * @returns null for one that has nothing to say (constant, mostly missing, an identifier) or whose rows depend on those before.
 */
export function featureOf(
  name: string,
  column: readonly FeatureValue[],
  studied: readonly number[],
  times: readonly number[],
  rows: readonly number[],
  cells: number,
): JointFeature | null {
  const present = studied.map((i) => column[i]).filter((value) => value !== null && value !== undefined)
  if (present.length < 0.5 * studied.length) return null
  const counts = new Map<FeatureValue, number>()
  for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size < 2) return null
  const numbers = present.filter(isFiniteNumber)
  const isNumber = numbers.length > 0.9 * present.length && counts.size > fewValues
  if (!isNumber && counts.size > mostCategories) return null
  const feature: JointFeature = { name, edges: null, codes: new Map(), season: null }
  if (!isNumber) feature.codes = balanced(counts)
  else if (cells > 1) inSeason(feature, column, studied, times, rows, cells)
  else feature.edges = quarters(numbers)
  const codes = column
    .map((value, i) => codeIn(feature, value, weekHourOf(times[i] as number), rows[i] as number))
    .filter((code) => code >= 0)
  return isSerial(codes) ? null : feature
}

function inSeason(
  feature: JointFeature,
  column: readonly FeatureValue[],
  studied: readonly number[],
  times: readonly number[],
  rows: readonly number[],
  cells: number,
): void {
  const own = studied.filter((i) => isFiniteNumber(column[i]))
  const scores = startScores(Float64Array.from(own, (i) => column[i] as number).sort())
  const scored = own.map((i) => scoreOf(scores, column[i] as number, tieAt(rows[i] as number)))
  const timesMs = own.map((i) => times[i] as number)
  const level = learnSeason(scored, timesMs, cells)
  feature.season = { scores, level }
  feature.edges = quarters(adjustedBaseline(level, scored, timesMs))
}

/** Between the values next to each quartile, so that ties fall on one side. */
function quarters(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  return Float64Array.from([1, 2, 3], (q) => {
    const at = Math.floor((q * n) / 4)
    const value = sorted[at] as number
    let below = at
    while (below > 0 && (sorted[below - 1] as number) === value) below--
    let end = at
    while (end < n && (sorted[end] as number) === value) end++
    // A value with many ties lies on the side that leaves the shares nearer to a quarter.
    return at - below <= end - at && below > 0 ? (sorted[below - 1] as number) : value
  })
}

/** The commonest first, each to the code that has least. Two values differ in the upper bit. */
function balanced(counts: ReadonlyMap<FeatureValue, number>): Map<FeatureValue, number> {
  const sums = [0, 0, 0, 0]
  const codes = new Map<FeatureValue, number>()
  const order = [0, 2, 1, 3]
  for (const [value, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const code = order.reduce((best, c) => ((sums[c] as number) < (sums[best] as number) ? c : best))
    sums[code] = (sums[code] as number) + count
    codes.set(value, code)
  }
  return codes
}
