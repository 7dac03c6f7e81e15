import { type Gathered, gatheredBy, usualDistance } from '@/lib/detect/poison/attribute/gathered'
import { askLikeRows, hasPoint, type LikeRows, squaredDistance } from '@/lib/detect/poison/attribute/like-rows'
import { type Movers, moversOf } from '@/lib/detect/poison/attribute/movers'
import { hitAt, touchedSince } from '@/lib/detect/poison/attribute/push'
import type { Recent } from '@/lib/learn/place/recent'

/** The evidence of a box suffices: are its bad rows crafted, is it the world, or is it not known yet? */
export type Verdict =
  | { readonly says: 'moved' | 'open' | 'gone' }
  | {
      readonly says: 'crafted'
      readonly movers: Movers
      readonly gathered: Gathered
      readonly like: LikeRows
      /** Slots of the crafted rows, the latest first; and numbers of who sent them, most first. */
      readonly rows: readonly number[]
      readonly origins: readonly number[]
    }

const open: Verdict = { says: 'open' }
const fewHits = 6
const mostAgree = 0.35
const leastCovered = 0.5
/** An origin that holds more than this share of the bad rows is alone with them. */
const mostlyOne = 0.6
/** Rows around a point: within this part of the distance that is usual between rows of the class that the learner sees there. */
const reach = 0.5
/** And the rows of others that are compared with them: the point alone is nearly the crafted rows' own. */
const wideReach = 1.3
const mostMiddles = 60

export function tryBox(
  recent: Recent,
  y: number,
  onset: number,
  isApart: (number: number) => boolean,
  firstIndexOf: (number: number) => number,
): Verdict {
  const { origin } = recent
  const all = touchedSince(recent, y, onset).filter((at) => !isApart(origin[at] as number))
  const [middle, near] = middleOf(recent, y, all)
  if (middle < 0) return { says: 'gone' }
  const within = (reach: number) =>
    all.filter((at) => hasPoint(recent, at) && squaredDistance(recent, at, middle) <= reach * reach * near)
  const hits = within(reach).filter((at) => hitAt(recent, y, at))
  if (hits.length < fewHits) return { says: 'gone' }
  const isOld = (number: number) => firstIndexOf(number) < onset
  const movers = moversOf(recent, y, within(wideReach), origin, isOld)
  if (movers.says === 'moved') return { says: 'moved' }
  const origins = sendersOf(recent, hits, movers)
  if (origins.length === 0) return open
  const own = new Set(origins)
  const bad = all.filter((at) => own.has(origin[at] as number) && hitAt(recent, y, at))
  const gathered = gatheredBy(recent, (number) => own.has(number), bad)
  if (!gathered.isPoint) return open
  const isOther = (at: number) => !own.has(origin[at] as number) && !isApart(origin[at] as number)
  const like = askLikeRows(recent, hits, isOther)
  if (like.covered < leastCovered * like.asked || like.asked === 0 || like.agree > mostAgree) return open
  return { says: 'crafted', movers, gathered, like, rows: hits.filter((at) => own.has(origin[at] as number)), origins }
}

/** One origin that holds most of the bad rows; else those who moved, where it is known that others did not. */
function sendersOf(recent: Recent, hits: readonly number[], movers: Movers): readonly number[] {
  const counts = new Map<number, number>()
  for (const at of hits) counts.set(recent.origin[at] as number, (counts.get(recent.origin[at] as number) ?? 0) + 1)
  const [first, rows] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [0, 0]
  if (rows > mostlyOne * hits.length) return [first]
  return movers.says === 'apart' ? movers.named.filter((number) => counts.has(number)) : []
}

/** That bad row which has most other bad rows around it, and the square of the distance that is usual there. */
function middleOf(recent: Recent, y: number, all: readonly number[]): [number, number] {
  const hits = all.filter((at) => hitAt(recent, y, at) && hasPoint(recent, at)).slice(0, mostMiddles)
  const squares = new Map<number, number>()
  for (const at of hits) {
    const favourite = recent.favourite[at] as number
    if (!squares.has(favourite)) squares.set(favourite, (usualDistance(recent, favourite, () => false) ?? 0) ** 2)
  }
  let [middle, most, square] = [-1, 0, 0]
  for (const at of hits) {
    const usual = squares.get(recent.favourite[at] as number) as number
    let rows = 0
    for (const other of hits) if (squaredDistance(recent, at, other) <= reach * reach * usual) rows++
    if (rows > most) [middle, most, square] = [at, rows, usual]
  }
  return [middle, square]
}
