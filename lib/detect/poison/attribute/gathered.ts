import { metricLength } from '@/lib/learn/place/point'
import type { Recent } from '@/lib/learn/place/recent'
import { hasPoint, squaredDistance } from './like-rows'

/**
 * Do a source's bad rows lie unusually close to one another? Their median distance, over that of others' rows which the learner takes for the same class
 * as most of them, in numbers (categories are not crafted little by little). Crafted collisions lie at a point; rows whose labels were turned lie as wide apart as their class does.
 */
export interface Gathered {
  readonly isPoint: boolean
  readonly ratio: number
}

const narrow = 0.45
const most = 40
const fewRows = 6
const same = 1e-8
const nowhere: Gathered = { isPoint: false, ratio: 1 }

/** @param isOwn whether an origin is one of those in question. @param bad slots of their rows that were hit, the latest first. */
export function gatheredBy(recent: Recent, isOwn: (number: number) => boolean, bad: readonly number[]): Gathered {
  const counts = new Map<number, number>()
  for (const at of bad)
    counts.set(recent.favourite[at] as number, (counts.get(recent.favourite[at] as number) ?? 0) + 1)
  const favourite = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0]
  if (favourite === undefined) return nowhere
  const of = gatheredAs(
    recent,
    favourite,
    isOwn,
    bad.filter((at) => recent.favourite[at] === favourite),
  )
  if (!of.isPoint) return of
  // Whose good rows of the class lie as close to one another always sends such rows (a newsletter, one shop): nothing was crafted.
  const good = ordinaryDistance(recent, favourite, isOwn)
  const usual = usualDistance(recent, favourite, isOwn)
  return good === null || usual === null ? of : { ...of, isPoint: of.ratio * usual < narrow * good }
}

/** The same of rows that are held against honest rows of class `y`. */
export function gatheredAs(
  recent: Recent,
  y: number,
  isOwn: (number: number) => boolean,
  rows: readonly number[],
): Gathered {
  const own = medianDistance(recent, evenly(rows))
  const usual = usualDistance(recent, y, isOwn)
  if (own === null || usual === null || usual === 0) return nowhere
  return { isPoint: own < narrow * usual, ratio: Math.max(1e-3, own / usual) }
}

/** Median distance between honest rows of a class: others' rows of that label which the learner takes for it. */
export const usualDistance = (recent: Recent, y: number, isOwn: (number: number) => boolean): number | null =>
  ordinaryDistance(recent, y, (number) => !isOwn(number))

/** The same of those origins' own. */
function ordinaryDistance(recent: Recent, y: number, isTheirs: (number: number) => boolean): number | null {
  const slots: number[] = []
  for (let at = 0; at < recent.size; at++) {
    const isIts = recent.favourite[at] === y && recent.y[at] === y && isTheirs(recent.origin[at] as number)
    if (isIts && hasPoint(recent, at)) slots.push(at)
  }
  return medianDistance(recent, evenly(slots))
}

/** Some of them, evenly from all: where rows of one time are alike, the latest lie close for that reason. */
function evenly(rows: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.floor(rows.length / most))
  return rows.filter((_, i) => i % step === 0)
}

function medianDistance(recent: Recent, rows: readonly number[]): number | null {
  const chosen: number[] = []
  for (const at of rows) {
    if (chosen.length >= most) break
    // The very same row again says nothing new.
    if (hasPoint(recent, at) && !chosen.some((other) => squaredDistance(recent, at, other) < same)) chosen.push(at)
  }
  if (chosen.length < fewRows) return null
  const distances: number[] = []
  for (let a = 0; a < chosen.length; a++)
    for (let b = a + 1; b < chosen.length; b++)
      distances.push(Math.sqrt(squaredDistance(recent, chosen[a] as number, chosen[b] as number, metricLength)))
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? null
}
