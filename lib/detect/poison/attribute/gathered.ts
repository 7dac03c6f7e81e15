import type { Recent } from '@/lib/learn/recent'
import { hasPoint, squaredDistance } from './like-rows'

/**
 * Do a source's bad rows lie unusually close to one another? Their median distance, over that of others' rows which the learner takes for the same class
 * as most of them. Crafted collisions lie at a point; rows whose labels were turned lie as wide apart as their class does.
 */
export interface Gathered {
  readonly isPoint: boolean
  readonly ratio: number
}

const narrow = 0.45
const most = 40
const fewRows = 6
const nowhere: Gathered = { isPoint: false, ratio: 1 }

/** @param bad slots of its rows that were hit, the latest first. */
export function gatheredBy(recent: Recent, number: number, bad: readonly number[]): Gathered {
  const counts = new Map<number, number>()
  for (const at of bad)
    counts.set(recent.favourite[at] as number, (counts.get(recent.favourite[at] as number) ?? 0) + 1)
  const favourite = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0]
  if (favourite === undefined) return nowhere
  const others: number[] = []
  for (let at = 0; at < recent.size && others.length < most; at++) {
    const isOther = recent.origin[at] !== number && recent.favourite[at] === favourite && recent.y[at] === favourite
    if (isOther) others.push(at)
  }
  const own = medianDistance(
    recent,
    bad.filter((at) => recent.favourite[at] === favourite),
  )
  const usual = medianDistance(recent, others)
  if (own === null || usual === null || usual === 0) return nowhere
  return { isPoint: own < narrow * usual, ratio: Math.max(1e-3, own / usual) }
}

function medianDistance(recent: Recent, rows: readonly number[]): number | null {
  const chosen: number[] = []
  for (const at of rows) {
    if (chosen.length >= most) break
    if (hasPoint(recent, at)) chosen.push(at)
  }
  if (chosen.length < fewRows) return null
  const distances: number[] = []
  for (let a = 0; a < chosen.length; a++)
    for (let b = a + 1; b < chosen.length; b++)
      distances.push(Math.sqrt(squaredDistance(recent, chosen[a] as number, chosen[b] as number)))
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? null
}
