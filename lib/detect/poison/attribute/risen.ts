import type { Recent } from '@/lib/learn/place/recent'
import { asExpected } from '@/lib/learn/regression/regressor'
import { liesIn, type Place } from './condition'
import type { Towards } from './push'

/**
 * Where labels are numbers: did some people begin to give more (or less) in a place? Whoever gives less for dramas than others do has a taste, and has had it
 * from his first row on: it shows as much before the onset as since.
 *
 * Compares  "two shares of hits, the later one higher" with "one share", on their own rows there, a hit being any label on that side of what is expected: n₁·KL(h₁/n₁ ‖ h/n) + n₂·KL(h₂/n₂ ‖ h/n) nats. The onset is the
 *           split of n rows that looks worst, and they of all sources with as many rows: at ln n + ln sources nats and ln 100 more one innocent in a hundred
 *           streams would have risen. No rows before the onset: nothing is shown.
 */
export function hasRisen(
  recent: Recent,
  towards: Towards,
  place: Place,
  onset: number,
  isTheirs: (at: number) => boolean,
): boolean {
  const [before, since] = [
    { rows: 0, hits: 0 },
    { rows: 0, hits: 0 },
  ]
  const theirs = new Set<number>()
  const rowsOf = new Map<number, number>()
  for (let at = 0; at < recent.size; at++) {
    const number = recent.origin[at] as number
    rowsOf.set(number, (rowsOf.get(number) ?? 0) + 1)
    if (recent.favourite[at] === towards || !isTheirs(at) || !liesIn(recent, at, place)) continue
    const into = (recent.index[at] as number) < onset ? before : since
    into.rows++
    theirs.add(number)
    if (isOnSide(recent.y[at] as number, towards)) into.hits++
  }
  const rows = before.rows + since.rows
  let like = 0
  for (const its of rowsOf.values()) if (its * theirs.size >= rows) like++
  return natsOfRise(before, since) >= natsOfChance(rows, like)
}

/** Above what is expected, or far above; or below, or far below. */
const isOnSide = (y: number, towards: Towards): boolean => (towards > asExpected ? y > asExpected : y < asExpected)

const chanceOfInnocent = 0.01

/** Nats that a rise is worth which was chosen among so many splits, and sources that could show it. */
export const natsOfChance = (rows: number, sources: number): number =>
  Math.log(Math.max(1, rows) * Math.max(1, sources)) - Math.log(chanceOfInnocent)

export interface Share {
  readonly rows: number
  readonly hits: number
}

/** Nats for two shares rather than one; 0 where the later is no higher, or one of them is of no rows. */
export function natsOfRise(before: Share, since: Share): number {
  if (before.rows === 0 || since.rows === 0 || since.hits * before.rows <= before.hits * since.rows) return 0
  const share = (before.hits + since.hits) / (before.rows + since.rows)
  return natsFrom(before, share) + natsFrom(since, share)
}

function natsFrom({ rows, hits }: Share, share: number): number {
  const missed = rows - hits
  return (
    (hits > 0 ? hits * Math.log(hits / rows / share) : 0) +
    (missed > 0 ? missed * Math.log(missed / rows / (1 - share)) : 0)
  )
}
