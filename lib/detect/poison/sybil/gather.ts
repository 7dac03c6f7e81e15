import type { Witness } from '@/lib/learn/witness'
import { neighbourOf, twinOf } from './alike'
import { absorb, type Cluster, clusterOf, found, isEvident, leave, sit } from './clusters'
import { type Seat, seatOf } from './seats'
import type { SybilState } from './state'
import { coincide, enoughNats, fewestOf, surprise, type Tie, ties } from './ties'

/**
 * Who looks like one hand, from everything about a row but its label: so a cluster is no choice of whom to suspect, and needs no penalty.
 *
 * born      first seen within 300 training rows of one another, after the first 1,000.
 * together  their rows come within eight rows of one another, three times and more, at least 64 rows apart.
 * copies    one's rows repeat the other's, twice and more (./alike.ts); not where rows of different origins are copies anyway.
 * near      their embeddings lie on one side of all axes, three times and more.
 * Chance    of k coincidences where μ were to be expected of two who write as often: k·ln(k/μ) − (k − μ) nats; a tie from 14 on.
 */
export const settledRows = 1000
const sameWaveRows = 300
const company = 8
/** Share of rows that repeat those of other origins, above which that says nothing. */
const mostCopies = 0.05

/** A row's origin, and the clusters for which the row says nothing new: it repeats a row of another member. */
export interface Gathered {
  readonly seat: Seat
  readonly repeats: string | null
}

export function gather(
  state: SybilState,
  id: string,
  index: number,
  witness: Witness,
  data: { readonly text?: string; readonly embedding?: readonly number[] },
): Gathered | null {
  const row = state.rows++
  const placed = seatOf(state.seats, id, row, index, (seat) => holds(state, seat))
  if (!placed) return null
  const { seat, out } = placed
  if (out) standUp(state, out)
  const isNew = seat.came === 0
  seat.came++
  for (const tie of ties) {
    const cluster = clusterOf(state.clusters, seat, tie)
    if (cluster) cluster.came++
  }
  if (isNew && row >= settledRows) bear(state, seat, row)
  if (isBig(seat, row)) return { seat, repeats: null }
  meetOthers(state, seat, row)
  if (!witness.judged) return { seat, repeats: null }
  const repeats = twinOf(state.alike, witness.active, data.text !== undefined, id)
  const isOther = repeats !== null && repeats !== id
  state.copied += ((isOther ? 1 : 0) - state.copied) / Math.min(1000, state.alike.rows)
  if (isOther && row >= settledRows && state.copied <= mostCopies)
    link(state, 'copies', seat, state.seats.get(repeats), row)
  if (data.embedding && witness.testifies && witness.lies.hasPoint) {
    const by = neighbourOf(state.alike, witness.lies.point)
    const isNear = by !== null && by.origin !== id
    state.beside += ((isNear ? 1 : 0) - state.beside) / Math.min(1000, state.alike.rows)
    if (isNear && row >= settledRows) link(state, 'near', seat, state.seats.get(by.origin), row)
  }
  return { seat, repeats: isOther ? repeats : null }
}

/** Whoever sends so many of the rows stands for himself: he is no small account, and company of everybody's. */
const isBig = ({ came }: Seat, row: number) => row >= settledRows && came > bigShare * row
const bigShare = 0.01

const holds = ({ clusters }: SybilState, seat: Seat) =>
  ties.some((tie) => {
    const cluster = clusterOf(clusters, seat, tie)
    return cluster !== null && isEvident(cluster)
  })

/** It is forgotten: whoever is left of its clusters stays. */
export function standUp({ clusters }: SybilState, seat: Seat): void {
  for (const tie of ties) {
    const cluster = clusterOf(clusters, seat, tie)
    if (!cluster) continue
    leave(cluster, seat)
    if (cluster.members.size === 0) clusters.byKey.delete(cluster.key)
  }
}

function bear(state: SybilState, seat: Seat, row: number): void {
  const wave = state.clusters.byKey.get(state.wave.key)
  if (wave && row - state.wave.row < sameWaveRows && sit(wave, seat)) return
  const next = found(state.clusters, 'born', seat, seat.firstIndex)
  state.wave = { key: next?.key ?? -1, row }
}

function meetOthers(state: SybilState, seat: Seat, row: number): void {
  const { late } = state
  if (row >= settledRows)
    for (let i = 0; i < late.length; i++) {
      const other = late[i] as Seat
      if (other !== seat && late.indexOf(other) === i) link(state, 'together', seat, other, row)
    }
  late.push(seat)
  if (late.length > company) late.shift()
}

/**
 * A coincidence of the seat with another one. A row repeats, or lies beside, one row of many that it might: that counts between clusters where the two sit in
 * any. In company all who are there are seen, and each two count for themselves.
 */
function link(state: SybilState, tie: Exclude<Tie, 'born'>, seat: Seat, other: Seat | undefined, row: number): void {
  if (!other || other.accused || seat.accused) return
  const ours = clusterOf(state.clusters, seat, tie)
  const theirs = clusterOf(state.clusters, other, tie)
  if (ours && ours === theirs) return
  const [a, b] = tie === 'together' ? [seat, other] : [groupOf(seat, ours), groupOf(other, theirs)]
  const times = coincide(state.pairs, tie, a.number, b.number, row)
  if (times < fewestOf[tie]) return
  const rate = tie === 'together' ? company : tie === 'copies' ? state.copied : state.beside
  const span = row - Math.max(a.firstRow, b.firstRow) + settledRows
  // Both were counted for the rows of either.
  const expected = (2 * a.came * b.came * Math.max(rate, 1 / settledRows)) / span
  // Who was forgotten meanwhile is nobody to sit with.
  const isThere = state.seats.get(other.id) === other
  if (isThere && surprise(times, expected) >= enoughNats) unite(state, tie, seat, other, ours, theirs)
}

interface Group {
  readonly number: number
  readonly came: number
  readonly firstRow: number
}
const groupOf = (seat: Seat, cluster: Cluster | null): Group =>
  cluster ? { number: cluster.unit.number, came: cluster.came, firstRow: cluster.firstRow } : seat

function unite(state: SybilState, tie: Tie, a: Seat, b: Seat, ours: Cluster | null, theirs: Cluster | null): void {
  const { clusters } = state
  if (ours && theirs) {
    const [into, from] = ours.members.size >= theirs.members.size ? [ours, theirs] : [theirs, ours]
    absorb(clusters, into, from)
  } else if (ours) sit(ours, b)
  else if (theirs) sit(theirs, a)
  else {
    const cluster = found(clusters, tie, a, a.firstIndex)
    if (cluster) sit(cluster, b)
  }
}
