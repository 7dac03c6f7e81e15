import type { Recent } from '@/lib/learn/place/recent'
import { addPushed, addSlot, leastPush, notPushed, type Pushed, pushes, type Towards } from './push'

/**
 * The world, or some sources? A honest change moves all sources in the place alike; an attack moves some of them there.
 *
 * Compares  "all, each with about the same push" with "a share π of the sources is pushed, the others are not (or err in 5 %)", by likelihood.
 * Says      'apart' from `decisive` nats for the second on, if those who stayed are known from before the onset and no fewer than the known ones
 *           that moved: new names that join in make no world, and a few who lag behind the world are no proof against it. 'moved' for the first.
 *           'open' else: a place that one source alone serves stays open.
 */
export interface Movers {
  readonly says: 'apart' | 'moved' | 'open'
  /** Numbers of the sources that moved, those with most evidence first. */
  readonly movers: readonly number[]
  /** Those of them whom their own rows alone give away: the others may be named by chance. */
  readonly named: readonly number[]
  /** Nats for "some" over "all". */
  readonly nats: number
  /** The sources that did not move. */
  readonly stayers: number
  readonly rows: number
  readonly hits: number
}

const decisive = 5
const shares = [0.03, 0.1, 0.25, 0.5] as const
const fewRows = 3
/** Young sources from so many on, with so few rows each on average, are judged as one. */
const fewYoung = 5
const smallYoung = 6
const pool = -3
const movedNats = 2
const namedNats = 4.5

/** @param rows slots in the place since the onset that could be hit. @param isOld whether a source was there before the onset. */
export function moversOf(
  recent: Recent,
  towards: Towards,
  rows: readonly number[],
  who: Int32Array,
  isOld: (number: number) => boolean,
): Movers {
  const bySource = new Map<number, Pushed>()
  for (const at of rows) addSlot(of(bySource, who[at] as number), recent, towards, at)
  const young = poolYoung(bySource, isOld)
  const sources = [...bySource]
  const world = allAlike(sources)
  const { nats, share, push } = someOnly(sources)
  const movers: [number, number][] = []
  let [oldMovers, oldStayers, sure, stayedRows, stayedHits, stayers] = [0, 0, 0, 0, 0, 0]
  for (const [number, of] of sources) {
    const isKnown = number !== pool && isOld(number)
    const lead = moved(of, push) - stayed(of)
    if (lead + Math.log(share / (1 - share)) > movedNats) {
      movers.push([number, lead])
      if (isKnown) oldMovers++
    } else if (lead < 0 && of.rows >= fewRows) {
      stayers++
      stayedRows += of.rows
      stayedHits += of.hits
      if (isKnown) {
        oldStayers++
        sure -= lead
      }
    }
  }
  // Of the young that moved as one those are named most of whose rows were hit.
  const guilty = young.filter(([, { rows, hits }]) => 2 * hits >= rows && hits > 0).map(([number]) => number)
  const expand = (numbers: readonly number[]) => numbers.flatMap((number) => (number === pool ? guilty : number))
  movers.sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const gap = nats - world
  const isApart = gap >= decisive && movers.length > 0 && oldStayers >= Math.max(1, oldMovers) && sure >= decisive
  return {
    says: isApart ? 'apart' : gap <= -1 && sources.length > 1 ? 'moved' : 'open',
    movers: expand(movers.map(([number]) => number)),
    named: expand(
      movers.filter(([, lead]) => lead + Math.log(share / (1 - share)) > namedNats).map(([number]) => number),
    ),
    nats: gap,
    stayers,
    rows: stayedRows,
    hits: stayedHits,
  }
}

/** A source's best push about this one: sources differ in their mix. */
function about(of: Pushed, push: number, least: number): number {
  let best = Number.NEGATIVE_INFINITY
  for (let k = Math.max(least, push - 1); k <= Math.min(pushes.length - 1, push + 1); k++)
    best = Math.max(best, of.logs[k] as number)
  return best
}
const moved = (of: Pushed, push: number) => about(of, push, leastPush)
const stayed = (of: Pushed) => Math.max(0, of.logs[0] as number)

/** Young sources that are each too small to tell are judged as one. @returns them, if so. */
function poolYoung(bySource: Map<number, Pushed>, isOld: (number: number) => boolean): readonly [number, Pushed][] {
  const young = [...bySource].filter(([number]) => !isOld(number))
  const total = young.reduce((sum, [, pushed]) => sum + pushed.rows, 0)
  if (young.length < fewYoung || total > smallYoung * young.length) return []
  const pooled = of(bySource, pool)
  for (const [number, pushed] of young) {
    addPushed(pooled, pushed)
    bySource.delete(number)
  }
  return young
}

function of(bySource: Map<number, Pushed>, number: number): Pushed {
  let pushed = bySource.get(number)
  if (!pushed) {
    pushed = notPushed()
    bySource.set(number, pushed)
  }
  return pushed
}

function allAlike(sources: readonly [number, Pushed][]): number {
  let best = 0
  for (let push = 0; push < pushes.length; push++) {
    let sum = 0
    for (const [, of] of sources) sum += about(of, push, 0)
    best = Math.max(best, sum)
  }
  return best
}

function someOnly(sources: readonly [number, Pushed][]): { nats: number; share: number; push: number } {
  let best = { nats: Number.NEGATIVE_INFINITY, share: 0.5, push: leastPush }
  for (let push = leastPush; push < pushes.length; push++) {
    for (const share of shares) {
      let nats = 0
      for (const [, of] of sources) {
        const [a, b] = [Math.log(share) + moved(of, push), Math.log(1 - share) + stayed(of)]
        nats += Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
      }
      if (nats > best.nats) best = { nats, share, push }
    }
  }
  return best
}
