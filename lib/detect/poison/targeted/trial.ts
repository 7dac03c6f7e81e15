import { type Condition, conditionOf, liesIn, type Place } from '@/lib/detect/poison/attribute/condition'
import { inCompany } from '@/lib/detect/poison/attribute/in-company'
import { askLikeRows, type LikeRows } from '@/lib/detect/poison/attribute/like-rows'
import { mayBeMixOfLabels } from '@/lib/detect/poison/attribute/mix-of-labels'
import { type Movers, moversOf } from '@/lib/detect/poison/attribute/movers'
import { ownWay } from '@/lib/detect/poison/attribute/own-way'
import { addSlot, hitAt, leastPush, notPushed, type Pushed, touchedSince } from '@/lib/detect/poison/attribute/push'
import { hasRisen } from '@/lib/detect/poison/attribute/risen'
import { whereOf } from '@/lib/detect/poison/attribute/where'
import { featureIdOf, isCategory } from '@/lib/learn/place/places'
import type { Recent } from '@/lib/learn/place/recent'
import { type Cells, everybody, nam, namesEach, newcomers, num, numbersEach } from './cells'
import { binsOf } from './enumerate'
import { isPattern, wasMade } from './made'

/** The evidence of a cell suffices: is it the world, are some sources pulling there, or is it not known yet? */
export type Finding =
  | { readonly says: 'moved' | 'open' | 'gone' }
  | {
      readonly says: 'pulled'
      readonly place: Place
      readonly movers: Movers
      readonly inside: Pushed
      readonly outside: Pushed
      readonly like: LikeRows
      /** Slots of the rows that were pulled, the latest first. */
      readonly rows: readonly number[]
    }

const open: Finding = { says: 'open' }
const fewHits = 4
/** Share of the votes of like rows for the pulled label at most, and rows that have like ones. */
const mostAgree = 0.45
const leastCovered = 0.4
const manyOrigins = 50
const fewNew = 5
/** Nats by which "no push before the onset" must beat any. */
const fineNats = 3

export const sideOf = (side: number): Condition => {
  if (isCategory(side)) return conditionOf(side)
  const [from, to] = binsOf(side)
  return { feature: featureIdOf(side), from, to }
}

export const placeOf = (cells: Cells, cell: number): Place => {
  const second = cells.nam[cell * namesEach + nam.second] as number
  const first = sideOf(cells.nam[cell * namesEach + nam.first] as number)
  return second < 0 ? [first] : [first, sideOf(second)]
}

export function tryCell(
  recent: Recent,
  cells: Cells,
  cell: number,
  isApart: (number: number) => boolean,
  firstIndexOf: (number: number) => number,
): Finding {
  const onset = cells.num[cell * numbersEach + num.onsetIndex] as number
  const who = cells.nam[cell * namesEach + nam.who] as number
  const y = cells.nam[cell * namesEach + nam.y] as number
  const { origin } = recent
  const isOld = (number: number) => firstIndexOf(number) < onset
  const all = touchedSince(recent, y, onset).filter((at) => !isApart(origin[at] as number))
  const here = placeOf(cells, cell)
  const first = moversOf(
    recent,
    y,
    all.filter((at) => liesIn(recent, at, here)),
    origin,
    isOld,
  )
  const hits = all.filter((at) => hitAt(recent, y, at) && liesIn(recent, at, here))
  if (hits.length < fewHits) return { says: 'gone' }
  if (first.says !== 'apart') return { says: first.says }
  if (who >= 0 && !first.movers.includes(who)) return { says: 'gone' }
  if (who === newcomers && first.movers.every(isOld)) return { says: 'gone' }
  const suspects = who >= 0 ? [who] : first.movers.slice(0, manyOrigins)
  const isTheirs = (at: number) => suspects.includes(origin[at] as number)

  // Where do all of their bad rows lie?
  const theirs = all.filter(isTheirs)
  const where = whereOf(recent, y, theirs, ownWay(recent, y, onset, isTheirs))
  if (!where) return open
  const { place } = where
  const inside = all.filter((at) => liesIn(recent, at, place))
  const movers = moversOf(recent, y, inside, origin, isOld)
  if (movers.says !== 'apart' || !suspects.some((number) => movers.named.includes(number))) return open
  const movedRows = inside.filter((at) => movers.named.includes(origin[at] as number))
  const rows = movedRows.filter((at) => hitAt(recent, y, at))
  if (isAlone(recent, y, place, onset, movers.movers)) return open
  if (wasMade(recent, place, onset, movedRows.length) || isPattern(recent, place, onset, rows)) return open

  const isOther = (at: number) => {
    const number = origin[at] as number
    return !movers.movers.includes(number) && !isApart(number)
  }
  const like = askLikeRows(recent, rows, isOther)
  if (like.asked > 0 && (like.covered < leastCovered * like.asked || like.agree > mostAgree)) return open
  if (recent.numeric) {
    const moved = new Set(movers.movers)
    const isMoved = (at: number) => moved.has(origin[at] as number)
    if (!areNew(movers.movers, isOld) && !hasRisen(recent, y, place, onset, isMoved)) return open
  } else if (
    who !== everybody &&
    !wereFine(recent, y, place, onset, movers.movers) &&
    mayBeMixOfLabels(recent, y, movedRows, isOther)
  )
    return open
  return { says: 'pulled', place, movers, inside: where.inside, outside: where.outside, like, rows }
}

/** Do their bad rows of the place lie where nobody else sends rows of it? */
function isAlone(recent: Recent, y: number, place: Place, onset: number, movers: readonly number[]): boolean {
  const theirs = new Set(movers)
  const asked = {
    who: recent.origin,
    isTheirs: (number: number) => theirs.has(number),
    sinceIndex: onset,
    isTouched: (at: number) => recent.favourite[at] !== y && liesIn(recent, at, place),
    isBad: (at: number) => hitAt(recent, y, at),
  }
  return inCompany(recent, asked) === null
}

/** Of numbers, many who are new have no taste in common. */
const areNew = (movers: readonly number[], isOld: (number: number) => boolean): boolean =>
  movers.filter((number) => !isOld(number)).length >= fewNew

/** Did the same sources label their rows there as the model expects before the onset? Then it is no mix of theirs. */
function wereFine(recent: Recent, y: number, place: Place, onset: number, movers: readonly number[]): boolean {
  const before = notPushed()
  for (let at = 0; at < recent.size; at++) {
    if ((recent.index[at] as number) >= onset || recent.favourite[at] === y) continue
    if (movers.includes(recent.origin[at] as number) && liesIn(recent, at, place)) addSlot(before, recent, y, at)
  }
  let pushed = Number.NEGATIVE_INFINITY
  for (let k = leastPush; k < before.logs.length; k++) pushed = Math.max(pushed, before.logs[k] as number)
  return Math.max(0, before.logs[0] as number) - pushed >= fineNats
}
