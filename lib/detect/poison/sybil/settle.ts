import type { Alarm } from '@/lib/detect/detector'
import { anyBet, oddBet } from '@/lib/detect/poison/bets'
import { isCareless } from '@/lib/detect/poison/borne'
import { pushOf } from '@/lib/detect/poison/label-flip/accuse'
import { likeRowsOf } from '@/lib/detect/poison/label-flip/alone'
import { mayBeMix } from '@/lib/detect/poison/label-flip/mix'
import { redate } from '@/lib/detect/poison/label-flip/redate'
import { restart, strongestBet, type Unit } from '@/lib/detect/poison/label-flip/unit'
import { testWorld } from '@/lib/detect/poison/label-flip/world'
import type { Recent } from '@/lib/learn/place/recent'
import type { Learner, Witness } from '@/lib/learn/witness'
import { accuse } from './accuse'
import { type Cluster, leave } from './clusters'
import { standUp } from './gather'
import { nameThem } from './name-them'
import type { Seat } from './seats'
import type { SybilState } from './state'
import { asUnit } from './weigh-cluster'
import { fewestOf } from './weigh-row'

/** Rows of theirs that evidence waits for a comparison with the others, before it starts over. */
const longestHold = 500
/** Share of what speaks against them that one may have: more, and it is he and no cluster. */
const mostOfOne = 0.5

export interface Trial {
  readonly witness: Witness
  readonly learner: Learner
  readonly index: number
}

/** The evidence suffices: is it the world, one of them, or all? As of a source (../label-flip/settle.ts), with their rows taken for those of one. */
export function settle(state: SybilState, trial: Trial, cluster: Cluster): Alarm | null {
  const { unit } = cluster
  const { recent, shadow } = trial.witness
  const { names } = shadow.classes
  unit.held++
  if (unit.held < unit.nextLook) return null
  unit.nextLook = Math.ceil(unit.held * 1.2) + 1
  const judged = asUnit(cluster)
  const bet = strongestBet(judged)
  const push = pushOf(unit, bet === oddBet ? anyBet : bet)
  const first = new Map([...state.seats.values()].map((seat) => [seat.number, seat.firstIndex]))
  const together = takenForOne(recent, unit, cluster.members.values())
  const world = testWorld(together, push, (who) => first.get(who) ?? trial.index)
  const named = nameThem(cluster, recent, push)
  const guilty = takenForOne(
    recent,
    unit,
    named.map(({ seat }) => seat),
  )
  const isOpen =
    world.says === 'open' ||
    isCareless(unit, push, names.length) ||
    mayBeMix(guilty, push) ||
    (world.says === 'apart' && named.length > 0 && likeRowsOf(together, push) === null)
  if (world.says === 'moved' || (isOpen && unit.held > longestHold)) restart(unit)
  if (world.says === 'moved' || isOpen) return null
  const all = named.reduce((sum, { nats }) => sum + nats, 0)
  const [worst] = named
  // A few of many raters who do as anybody are those with ways of their own.
  if (!worst || named.length < fewestOf(recent.numeric) || worst.nats > mostOfOne * all) {
    // Whoever it is, his own evidence is his affair: without him they begin anew.
    if (worst) leave(cluster, worst.seat)
    restart(unit)
    return null
  }
  const alarm = accuse(cluster, named, redate(push, judged, guilty), world, names, trial.index, recent.numeric)
  for (const { seat } of named) {
    seat.accused = true
    trial.learner.distrust({ origin: seat.id })
    standUp(state, seat)
  }
  // Who is left may be honest, or have shown too little yet.
  restart(unit)
  return alarm
}

/** The rows of late, in which these are one origin. */
function takenForOne(recent: Recent, { number: one }: Unit, seats: Iterable<Seat>): Recent {
  const numbers = new Set([...seats].map(({ number }) => number))
  return { ...recent, origin: recent.origin.map((number) => (numbers.has(number) ? one : number)) }
}
