import { type Recent, since } from '@/lib/learn/place/recent'
import { supportOf } from './support'

/** Whose rows are asked about, and what is held against them. */
export interface Asked {
  /** By slot, whose row it is; and which of them are those in question. */
  readonly who: Int32Array
  isTheirs(number: number): boolean
  readonly sinceIndex: number
  /** By slot: may the row show it at all, and does it? */
  isTouched(at: number): boolean
  isBad(at: number): boolean
}

/** Part of their bad rows, beyond what like rows of others show, that has to be left. */
const mostlyLeft = 0.5

/**
 * Do their bad rows lie where somebody else sends rows too, who shows less? Who alone serves a place has nobody to be compared with, and is not accused for what
 * he sends from there; unless his own rows of that place were fine before: then something changed.
 *
 * Compares  bad rows beyond the rest's share of them, over all their rows, with those among their rows in company (./support.ts) beyond the share of bad rows
 *           among rows that lie like them: half must be left. The rest is everybody else; of those who are
 *           alone, their own past.
 * @returns by slot whether another's row lies as those in question do; null where nobody is there to compare with.
 */
export function inCompany(recent: Recent, asked: Asked): ((at: number) => boolean) | null {
  const { who, sinceIndex } = asked
  const own: number[] = []
  for (const at of since(recent, sinceIndex)) if (asked.isTheirs(who[at] as number) && asked.isTouched(at)) own.push(at)
  const bad = own.filter((at) => asked.isBad(at))
  const others = besideRest(recent, asked, own, bad, (at) => !asked.isTheirs(who[at] as number))
  if (others.shows) return others.isLike
  const isPast = (at: number) => asked.isTheirs(who[at] as number) && (recent.index[at] as number) < sinceIndex
  return others.isAlone && besideRest(recent, asked, own, bad, isPast).shows ? anywhere : null
}

const anywhere = () => true

function besideRest(
  recent: Recent,
  { who, isTouched, isBad }: Asked,
  own: readonly number[],
  bad: readonly number[],
  isRest: (at: number) => boolean,
): { shows: boolean; isAlone: boolean; isLike(at: number): boolean } {
  const rest: number[] = []
  for (let at = 0; at < recent.size; at++) if (isRest(at) && isTouched(at)) rest.push(at)
  const { covered, isAlone, isLike } = supportOf(recent, own, bad, who, rest)
  const all = bad.length - own.length * shareOf(rest, isBad)
  const left = covered.filter(isBad).length - covered.length * shareOf(rest.filter(isLike), isBad)
  return { shows: left >= mostlyLeft * all, isAlone, isLike }
}

/** Of few rows the share is not taken for nothing. */
const shareOf = (rows: readonly number[], isBad: (at: number) => boolean): number =>
  (rows.filter(isBad).length + 0.5) / (rows.length + 1)
