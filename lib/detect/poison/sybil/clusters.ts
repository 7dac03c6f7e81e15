import { run, runLength } from '@/lib/detect/poison/label-flip/run'
import { startUnit, suspicionOf, type Unit } from '@/lib/detect/poison/label-flip/unit'
import type { Seat } from './seats'
import { type Tie, ties } from './ties'

/** Numbers of a unit's evidence, for each bet: four shares of turned labels, and two of them again (./weigh-cluster.ts). */
export const betsEach = 6

/** Origins that look like one hand, judged as one. */
export interface Cluster {
  key: number
  tie: Tie
  members: Map<string, Seat>
  /** Rows of all of them that came, and the training row at which the first of them did. */
  came: number
  firstRow: number
  /** Its evidence: that of a source, of all their rows. */
  unit: Unit
}

/** Of one tie. The oldest without evidence makes room. */
export interface Clusters {
  byKey: Map<number, Cluster>
  nextKey: number
}

export const mostMembers = 64
const mostClusters = 256
/** Nats for its best split from which on it is not given up. */
const evident = 2

export const startClusters = (): Clusters => ({ byKey: new Map(), nextKey: 0 })
export const isEvident = (cluster: Cluster) => suspicionOf(cluster.unit) >= evident
const at = (tie: Tie) => ties.indexOf(tie)

export const clusterOf = (clusters: Clusters, seat: Seat, tie: Tie): Cluster | null =>
  clusters.byKey.get(seat.of[at(tie)] as number) ?? null

/** @returns a new cluster of this origin alone; null while all are held by evidence. */
export function found(clusters: Clusters, tie: Tie, seat: Seat, index: number): Cluster | null {
  if (clusters.byKey.size >= mostClusters && !giveUpOne(clusters)) return null
  const key = clusters.nextKey++
  const id = `${tie}=${seat.id}`
  const unit = startUnit('origin', id, '', -2 - key, index)
  const cluster = { key, tie, members: new Map(), came: 0, firstRow: seat.firstRow, unit }
  clusters.byKey.set(key, cluster)
  sit(cluster, seat)
  return cluster
}

function giveUpOne(clusters: Clusters): boolean {
  for (const cluster of clusters.byKey.values())
    if (!isEvident(cluster)) {
      dissolve(clusters, cluster)
      return true
    }
  return false
}

export function dissolve(clusters: Clusters, cluster: Cluster): void {
  for (const seat of [...cluster.members.values()]) leave(cluster, seat)
  clusters.byKey.delete(cluster.key)
}

export function leave(cluster: Cluster, seat: Seat): void {
  cluster.members.delete(seat.id)
  seat.of[at(cluster.tie)] = -1
}

/**
 * The origin sits down, and brings the evidence against itself. What it brings is not multiplied but added: Σ M over Σ mass is an average of the members'
 * e-values, an e-value for "none of them turns labels" however they depend on one another. From here on their rows, one after the other, multiply.
 */
export function sit(cluster: Cluster, seat: Seat): boolean {
  if (cluster.members.size >= mostMembers || seat.accused) return false
  cluster.members.set(seat.id, seat)
  cluster.came += seat.came
  seat.of[at(cluster.tie)] = cluster.key
  const { evidence } = cluster.unit
  // Bet 0 is that labels are turned at all (../bets.ts), its shares of turned labels come first.
  if (evidence.m.length === 0) evidence.m = new Float64Array(betsEach)
  for (let s = 0; s < seat.m.length; s++) evidence.m[s] = (evidence.m[s] as number) + (seat.m[s] as number)
  seat.m.fill(0)
  return true
}

/** Two clusters are one: the smaller joins the larger, evidence added as above. @returns whether there was room. */
export function absorb(clusters: Clusters, into: Cluster, from: Cluster): boolean {
  if (into.members.size + from.members.size > mostMembers) return false
  for (const seat of [...from.members.values()]) {
    leave(from, seat)
    into.members.set(seat.id, seat)
    seat.of[at(into.tie)] = into.key
  }
  into.came += from.came
  into.firstRow = Math.min(into.firstRow, from.firstRow)
  addUnit(into.unit, from.unit)
  clusters.byKey.delete(from.key)
  return true
}

function addUnit(into: Unit, from: Unit): void {
  if (from.evidence.m.length > into.evidence.m.length) into.evidence.m = grown(into.evidence.m, from.evidence.m.length)
  if (from.runs.length > into.runs.length) into.runs = grown(into.runs, from.runs.length)
  for (let b = 0; b < from.evidence.m.length; b++)
    into.evidence.m[b] = (into.evidence.m[b] as number) + (from.evidence.m[b] as number)
  into.evidence.mass += from.evidence.mass
  into.evidence.updates += from.evidence.updates
  for (let bet = 0; bet < from.runs.length; bet += runLength) addRun(into.runs, from.runs, bet)
  into.rows += from.rows
  into.disagreements += from.disagreements
  into.expected += from.expected
  into.firstIndex = Math.min(into.firstIndex, from.firstIndex)
  into.suspects = [...into.suspects, ...from.suspects].sort((a, b) => a.index - b.index)
}

function addRun(into: Float64Array, from: Float64Array, o: number): void {
  if ((from[o] as number) === 0) return
  if ((into[o] as number) === 0) {
    into.set(from.subarray(o, o + runLength), o)
    return
  }
  if ((from[o + run.onsetIndex] as number) < (into[o + run.onsetIndex] as number)) {
    into[o + run.onsetIndex] = from[o + run.onsetIndex] as number
    into[o + run.onsetTime] = from[o + run.onsetTime] as number
  }
  for (const part of [run.gain, run.rows, run.hits, run.expected])
    into[o + part] = (into[o + part] as number) + (from[o + part] as number)
}

export function grown(numbers: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length)
  out.set(numbers)
  return out
}
