import type { Mean } from './residual'

/** An item under watch: what it is usually rated, how its young raters rate it, how many of its raters are young, and how many come again. */
export interface Item {
  key: string
  value: string
  mean: Mean
  /** Evidence that young raters push it up, down (three bets each), and that its raters are young (three bets). */
  up: Float64Array
  down: Float64Array
  young: Float64Array
  /** Evidence that the same raters come again (three bets), and its last raters. */
  again: Float64Array
  raters: number[]
  mass: number
  updates: number
  /** Rows of young raters since the evidence was last low. */
  suspects: Suspect[]
  rowsSince: number
  accused: boolean
}

export interface Suspect {
  id: string
  index: number
  timeMs: number
  z: number
  rank: number
  origin: string
  labeler: string | undefined
}

export const odds = [3, 8, 30] as const
export const shares = [0.3, 0.6, 0.95] as const
export const mostItems = 4096
const mostLooks = 64
const mostSuspects = 300
const mostRatersKept = 48
/** Young rows since the evidence was last low: from here on an item is not pushed out. */
const evident = 4

/** Items in order of last use; whoever invents items pushes out idle ones with nothing against them, never evidence. */
export type Items = Map<string, Item>

export function touchItem(items: Items, key: string, value: string, most = mostItems): Item | null {
  const id = `${key}\n${value}`
  const known = items.get(id)
  if (known) {
    items.delete(id)
    items.set(id, known)
    return known
  }
  if (items.size >= most && !makePlace(items)) return null
  const item: Item = {
    key,
    value,
    mean: { sum: 0, rows: 0 },
    up: new Float64Array(odds.length),
    down: new Float64Array(odds.length),
    young: new Float64Array(shares.length),
    again: new Float64Array(shares.length),
    raters: [],
    mass: 0,
    updates: 0,
    suspects: [],
    rowsSince: 0,
    accused: false,
  }
  items.set(id, item)
  return item
}

function makePlace(items: Items): boolean {
  let looks = 0
  for (const [id, item] of items) {
    items.delete(id)
    if (!item.accused && item.suspects.length < evident) return true
    items.set(id, item)
    if (++looks >= mostLooks) return false
  }
  return false
}

/** Holds a young rater's rating for or against the item. @param rank share of others' residuals above it; @param tails usual share of young raters in either tail. */
export function weighRating(item: Item, suspect: Suspect, tails: { up: number; down: number }, mass: number): void {
  bet(item.up, suspect.rank < tail, tails.up, mass / 2)
  bet(item.down, suspect.rank > 1 - tail, tails.down, mass / 2)
  item.mass += mass
  item.updates++
  item.suspects.push(suspect)
  if (item.suspects.length > mostSuspects) item.suspects.shift()
  if (Math.max(sum(item.up), sum(item.down)) <= mass) item.suspects = []
}

/** Share of residuals that make a tail. */
export const tail = 0.2

function bet(m: Float64Array, hit: boolean, p: number, mass: number): void {
  for (let b = 0; b < odds.length; b++) {
    const l = odds[b] as number
    m[b] = Math.min(1e300, ((m[b] as number) + mass / odds.length) * ((hit ? l : 1) / (1 + p * (l - 1))))
  }
}

/** Is the rater of this row young, and has he rated the item before? `usual`: shares of both elsewhere. @returns whether he has. */
export function weighRater(
  item: Item,
  rater: number,
  young: boolean,
  usual: { young: number; again: number },
  mass: number,
): boolean {
  const again = item.raters.includes(rater)
  betShare(item.young, young, usual.young, mass / 2)
  betShare(item.again, again, usual.again, mass / 2)
  if (item.raters.push(rater) > mostRatersKept) item.raters.shift()
  return again
}

function betShare(m: Float64Array, hit: boolean, p: number, mass: number): void {
  for (let b = 0; b < shares.length; b++) {
    const a = shares[b] as number
    const e = a <= p ? 1 : hit ? a / p : (1 - a) / (1 - p)
    m[b] = Math.min(1e300, e * ((m[b] as number) + mass / shares.length))
  }
}

export const sum = (m: Float64Array): number => {
  let total = 0
  for (let b = 0; b < m.length; b++) total += m[b] as number
  return total
}

export const isPushedUp = ({ up, down }: Item): boolean => sum(up) >= sum(down)

/** Both must suffice: at 1. */
export const evidenceOfItem = (item: Item): number =>
  Math.min(Math.max(sum(item.up), sum(item.down)), sum(item.young) + sum(item.again))
