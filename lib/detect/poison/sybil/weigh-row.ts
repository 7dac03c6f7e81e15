import { anyBet, honestBound, standOf, turnedShares } from '@/lib/detect/poison/bets'
import { borne, modestyOf, noteUsual, usualCareless } from '@/lib/detect/poison/borne'
import { suspect } from '@/lib/detect/poison/label-flip/suspects'
import { weigh } from '@/lib/detect/poison/label-flip/unit'
import { multiply, totalEvidence } from '@/lib/evidence/e-detector'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { type Cluster, clusterOf } from './clusters'
import type { Gathered } from './gather'
import type { Seat } from './seats'
import type { SybilState } from './state'
import { ties } from './ties'

/** Origins that make a cluster which is judged; where labels are numbers it takes more: people use a scale each in his own way, and many together as anybody. */
export const fewest = 3
const fewestRaters = 8
const usualEvery = 512
const mostSuspects = 200

export interface JudgedRow {
  readonly id: string
  readonly index: number
  readonly timeMs: number
  readonly y: number
  readonly judged: Judgement
  readonly numeric: boolean
}

/** Clusters that are judged by this row: all that its origin sits in, but where it repeats what a member said. One voice counts once. */
export function judgedBy({ clusters }: SybilState, { seat, repeats }: Gathered, numeric: boolean): Cluster[] {
  const least = numeric ? fewestRaters : fewest
  const out: Cluster[] = []
  for (const tie of ties) {
    const cluster = clusterOf(clusters, seat, tie)
    if (cluster && cluster.members.size >= least && !(repeats !== null && cluster.members.has(repeats)))
      out.push(cluster)
  }
  return out
}

/**
 * Takes the label of the row. Which of the ties is the right one is not known: the mass is shared evenly, so that what is gathered is an average over them.
 * @returns the clusters whose evidence suffices, at ΣM ≥ 1.
 */
export function weighRow(state: SybilState, gathered: Gathered, row: JudgedRow, mass: number): Cluster[] {
  const { seat } = gathered
  const { judged, y, index, timeMs, id } = row
  if (state.untilCareless-- <= 0) {
    Object.assign(state, usualCareless(state.seats.values()))
    state.untilCareless = usualEvery
  }
  const usual = { careless: state.careless, tilt: state.tilt, modesty: modestyOf(state) }
  const wrong = y !== judged.favourite
  const clusters = judgedBy(state, gathered, row.numeric)
  const enough: Cluster[] = []
  for (const cluster of clusters) {
    const { unit } = cluster
    const total = weigh(unit, judged, y, index, timeMs, mass / clusters.length, usual)
    if (wrong)
      suspect(
        unit,
        { id, index, timeMs, y, suspicion: 1 - (judged.p[y] as number), partner: seat.number },
        mostSuspects,
      )
    if (total < 1) unit.held = unit.nextLook = 0
    else enough.push(cluster)
  }
  if (clusters.length === 0 && totalSeats(seat) === 0) weighAlone(seat, judged, y, mass, usual)
  noteUsual(state, judged.disagree, wrong)
  seat.rows++
  seat.expected += judged.disagree * usual.modesty
  if (wrong) seat.disagreements++
  return enough
}

const totalSeats = ({ of }: Seat) => of.reduce((n, key) => n + (key >= 0 ? 1 : 0), 0)

/** Who sits nowhere gathers evidence by himself, and brings it with him when he does. */
function weighAlone(
  seat: Seat,
  judged: Judgement,
  y: number,
  mass: number,
  usual: { readonly careless: number; readonly tilt: number; readonly modesty: number },
): void {
  const { hit, p: said, turned } = standOf(anyBet, judged, y)
  const p = said * usual.modesty
  const bound = honestBound(
    p,
    Math.exp(usual.tilt),
    borne(seat.rows, seat.disagreements - seat.expected, usual.careless),
  )
  for (let s = 0; s < turnedShares.length; s++) {
    const q = Math.min(0.99, p + (turnedShares[s] as number) * (turned - p))
    multiply(seat.m, s, q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound), mass / turnedShares.length)
  }
}

export const evidenceOf = (cluster: Cluster) => totalEvidence(cluster.unit.evidence)
