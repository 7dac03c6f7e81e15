import type { Alarm } from '@/lib/detect/detector'
import { isCareless } from '@/lib/detect/poison/borne'
import { pushOf } from '@/lib/detect/poison/label-flip/accuse'
import { mayBeMix } from '@/lib/detect/poison/label-flip/mix'
import { redate } from '@/lib/detect/poison/label-flip/redate'
import { restart, strongestBet } from '@/lib/detect/poison/label-flip/unit'
import { testWorld } from '@/lib/detect/poison/label-flip/world'
import type { Recent } from '@/lib/learn/place/recent'
import type { Learner, Witness } from '@/lib/learn/witness'
import { accuse } from './accuse'
import { type Cluster, leave } from './clusters'
import { standUp } from './gather'
import { nameThem } from './name-them'
import type { SybilState } from './state'
import { fewest } from './weigh-row'

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
  const asOne = takenForOne(recent, cluster)
  const push = redate(pushOf(unit, strongestBet(unit)), unit, asOne)
  const first = new Map([...state.seats.values()].map((seat) => [seat.number, seat.firstIndex]))
  const world = testWorld(asOne, push, (number) => first.get(number) ?? trial.index)
  const isOpen = world.says === 'open' || isCareless(unit, push, names.length) || mayBeMix(asOne, push)
  if (world.says === 'moved' || (isOpen && unit.held > longestHold)) restart(unit)
  if (world.says === 'moved' || isOpen) return null
  const named = nameThem(cluster, recent, push)
  const all = named.reduce((sum, { nats }) => sum + nats, 0)
  const [worst] = named
  if (worst && (named.length < fewest || worst.nats > mostOfOne * all)) {
    // Whoever it is, his own evidence is his affair: without him they begin anew.
    leave(cluster, worst.seat)
    restart(unit)
    return null
  }
  if (!worst) {
    restart(unit)
    return null
  }
  const alarm = accuse(cluster, named, push, world, names, trial.index, recent.numeric)
  for (const { seat } of named) {
    seat.accused = true
    trial.learner.distrust({ origin: seat.id })
    standUp(state, seat)
  }
  // Who is left may be honest, or have shown too little yet.
  restart(unit)
  return alarm
}

/** The rows of late, in which the members are one origin. */
function takenForOne(recent: Recent, { members, unit }: Cluster): Recent {
  const numbers = new Set([...members.values()].map(({ number }) => number))
  return { ...recent, origin: recent.origin.map((number) => (numbers.has(number) ? unit.number : number)) }
}
