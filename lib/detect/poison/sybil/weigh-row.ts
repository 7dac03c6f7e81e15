import { modestyOf, noteUsual, usualCareless } from '@/lib/detect/poison/borne'
import { suspect } from '@/lib/detect/poison/label-flip/suspects'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { type Cluster, clusterOf } from './clusters'
import type { Gathered } from './gather'
import type { SybilState } from './state'
import { ties } from './ties'
import { weighCluster, weighSeat } from './weigh-cluster'

/** Origins that make a cluster which is judged; where labels are numbers it takes more: people use a scale each in his own way, and many together as anybody. */
export const fewest = 3
const fewestRaters = 8
export const fewestOf = (numeric: boolean): number => (numeric ? fewestRaters : fewest)
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
function judgedBy({ clusters }: SybilState, { seat, repeats }: Gathered, numeric: boolean): Cluster[] {
  const least = fewestOf(numeric)
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
    const total = weighCluster(cluster, seat, judged, y, index, timeMs, mass / clusters.length, usual)
    if (wrong)
      suspect(
        unit,
        { id, index, timeMs, y, suspicion: 1 - (judged.p[y] as number), partner: seat.number },
        mostSuspects,
      )
    if (total < 1) unit.held = unit.nextLook = 0
    else enough.push(cluster)
  }
  weighSeat(seat, judged, y, seat.of.every((key) => key < 0) ? mass : 0, usual)
  noteUsual(state, judged.disagree, wrong)
  return enough
}
