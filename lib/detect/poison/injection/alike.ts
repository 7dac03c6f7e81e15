import type { FeatureValue, TrainingData } from '@/lib/event/types'
import type { Column } from '@/lib/learn/inputs/columns'
import { hashStart, hashText } from '@/lib/learn/inputs/hash'

/**
 * Is a row of numbers alike a row that another new voice, or the same, has just sent, and more so than anything that old voices sent? A copy whose numbers are all
 * moved a little shares no cells with its original (./sketch.ts), and lies near it still.
 *
 * Distance   Σ over features of min(.8, |difference| in standard deviations)², .64 for another category: one number far out weighs no more than another, and the two that
 *            differ most are left out.
 * Alike      nearer than `tight` to one of 8 new rows of its label, 64 rows apart, and than any of 2,048 old rows of the last 8,192 is. `tight` is the distance that
 *            one in a hundred old rows has to one of 8 old ones, 64 rows apart: an honest newcomer, who sees another part of the world, is no copy of himself,
 *            not even where rows of one time are alike; and where he sees a part that others saw too, a 33rd of the world at least, an old row is nearer in
 *            eight of nine cases.
 * Source     Fellegi & Sunter 1969 (record linkage: agreement of many weak fields); Vovk 2005 (ranks among earlier ones).
 */
export interface Likes {
  /** Names of the features, in order; the first row that is seen fixes them. */
  names: string[]
  old: Float32Array
  /** Old rows entered, and met. */
  oldRows: number
  met: number
  /** Rows of either, and when one of them was kept last: some old rows, and some of new voices, 64 rows apart. */
  rows: number
  freshAt: number
  spaced: Float32Array
  fresh: Float32Array
  freshLabels: (string | number)[]
  freshRows: number
  /** Distances of old rows to the nearest of `spaced`, in a ring. */
  usual: Float32Array
  usualRows: number
  /** Squared. */
  tight: number
}

const slots = 20
const fewest = 4
const oldKept = 2048
const oldEvery = 4
const few = 8
const spacing = 64
const usualKept = 400
const tightest = 4
const far = 0.8
const farSquare = far * far
const longestValue = 64
const none = Number.NaN
/** A category is a whole number beyond any that a number can be. */
const category = 1 << 24
const farthest = 1e4

export const startLikes = (): Likes => ({
  names: [],
  old: new Float32Array(0),
  oldRows: 0,
  met: 0,
  rows: 0,
  freshAt: -1e9,
  spaced: new Float32Array(0),
  fresh: new Float32Array(0),
  freshLabels: [],
  freshRows: 0,
  usual: new Float32Array(0),
  usualRows: 0,
  tight: 0,
})

const row = new Float32Array(slots)

/** Takes a row in. @param columns by feature, fixed ones alone count. @param isNew its voice is new. @returns whether it is alike. */
export function isAlike(
  likes: Likes,
  columns: ReadonlyMap<string, Column>,
  data: TrainingData,
  isNew: boolean,
): boolean {
  if (!place(likes, columns, data.features)) return false
  likes.rows++
  if (isNew) return takeNew(likes, data.label)
  return takeOld(likes)
}

function place(likes: Likes, columns: ReadonlyMap<string, Column>, features: TrainingData['features']): boolean {
  const { names } = likes
  if (names.length === 0) for (const name in features) if (names.length < slots) names.push(name)
  let numbers = 0
  for (let j = 0; j < slots; j++) {
    const name = names[j]
    const value: FeatureValue | undefined = name === undefined ? undefined : features[name]
    row[j] = none
    if (value === undefined || value === null) continue
    if (typeof value !== 'number') {
      row[j] = category + (hashText(hashStart, String(value), 0, longestValue) & 0x7fffff)
      continue
    }
    const column = columns.get(name as string)
    if (!column?.edges) continue
    row[j] = Math.max(-farthest, Math.min(farthest, (value - column.mean) / column.sd))
    numbers++
  }
  return numbers >= fewest
}

function takeNew(likes: Likes, label: string | number): boolean {
  let nearest = likes.tight
  for (let k = 0; k < Math.min(few, likes.freshRows); k++)
    if (likes.freshLabels[k] === label) nearest = Math.min(nearest, distance(likes.fresh, k, nearest))
  const isTight = nearest < likes.tight
  if (likes.freshRows === 0) likes.fresh = new Float32Array(few * slots)
  if (likes.rows - likes.freshAt >= spacing) {
    likes.fresh.set(row, (likes.freshRows % few) * slots)
    likes.freshLabels[likes.freshRows % few] = label
    likes.freshRows++
    likes.freshAt = likes.rows
  }
  if (!isTight) return false
  for (let k = 0; k < Math.min(oldKept, likes.oldRows); k++) if (distance(likes.old, k, nearest) < nearest) return false
  return true
}

/** Of old rows: whether it is as near to one of a few others as new ones must be. */
function takeOld(likes: Likes): boolean {
  const { met } = likes
  if (met === 0) {
    likes.old = new Float32Array(oldKept * slots)
    likes.spaced = new Float32Array(few * slots)
    likes.usual = new Float32Array(usualKept)
  }
  likes.met++
  if (met % oldEvery === 0) {
    likes.old.set(row, (likes.oldRows % oldKept) * slots)
    likes.oldRows++
  }
  if (met < few * spacing) {
    if (met % spacing === 0) likes.spaced.set(row, (met / spacing) * slots)
    return false
  }
  let nearest = slots * farSquare
  for (let k = 0; k < few; k++) nearest = Math.min(nearest, distance(likes.spaced, k, nearest))
  likes.usual[likes.usualRows % usualKept] = nearest
  likes.usualRows++
  if (likes.usualRows % (usualKept / 2) === 0 && likes.usualRows >= usualKept)
    likes.tight = [...likes.usual].sort((a, b) => a - b)[tightest] as number
  if (met % spacing === 0) likes.spaced.set(row, ((met / spacing) % few) * slots)
  return nearest < likes.tight
}

/** Squared, without the two features that differ most, from the row at hand to the k-th of `rows`; not less than `most` once it is that much. */
function distance(rows: Float32Array, k: number, most: number): number {
  let [sum, first, second] = [0, 0, 0]
  for (let j = 0, at = k * slots; j < slots; j++, at++) {
    const [a, b] = [row[j] as number, rows[at] as number]
    // biome-ignore lint/suspicious/noSelfCompare: what is missing is not a number, twice missing is the same.
    if (a === b || (a !== a && b !== b)) continue
    const d = Math.abs(a - b)
    const square = d < far ? d * d : farSquare
    sum += square
    if (square > first) {
      second = first
      first = square
    } else if (square > second) second = square
    if (sum - first - second >= most) return most
  }
  return sum - first - second
}
