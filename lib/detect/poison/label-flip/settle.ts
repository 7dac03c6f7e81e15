import type { Alarm } from '@/lib/detect/detector'
import { anyWay } from '@/lib/detect/poison/attribute/push'
import { truerKind } from '@/lib/detect/poison/attribute/truer'
import { classOf, oddBet } from '@/lib/detect/poison/bets'
import { hostileShare, isCareless } from '@/lib/detect/poison/borne'
import type { Learner, Witness } from '@/lib/learn/witness'
import { accuse, pushOf } from './accuse'
import { likeRowsOf } from './alone'
import { blame } from './blame'
import { accuseTogether, companyOf } from './company'
import { mayBeMix } from './mix'
import { inNameOf, usualPartner } from './partner'
import { redate } from './redate'
import { type Scattered, scatteredOf } from './scattered'
import type { Seen } from './seen'
import { mayBeSevere } from './severe'
import { restart, strongestBet, type Unit } from './unit'
import type { Units } from './units'
import { testWorld } from './world'

/** Own rows that evidence waits for a comparison with the others, before it starts over. */
const longestHold = 500
/** With so many others that show the same push it is one of a crowd: `poison.availability` is given so many of its rows to name them all. */
const fewestOthers = 2
const waitsForCompany = 60
/** So many units are people, who differ in more than their peers' middle half shows. */
export const manyUnits = 60

/** A unit whose evidence suffices, at the row at hand. */
export interface Trial {
  readonly witness: Witness
  readonly learner: Learner
  readonly index: number
  readonly alarms: Alarm[]
  readonly seen: { readonly origin: Seen; readonly labeler: Seen }
}

/** Of numbers drawn at random: a labeler who always gave such ones guesses, and is careless. */
const isGuessing = ({ kind }: Unit, { turned, wasCareful }: Scattered, classes: number): boolean =>
  turned < hostileShare(kind, wasCareful, classes) || (kind === 'labeler' && !wasCareful)

/** The evidence suffices: is it the world, the unit, its partner, or a crowd? While that is open, nobody is accused. */
export function settle(trial: Trial, unit: Unit, own: Units, partners: Units): void {
  const { index, alarms, learner } = trial
  const { recent, shadow, places } = trial.witness
  const { names } = shadow.classes
  unit.held++
  if (unit.held < unit.nextLook) return
  unit.nextLook = Math.ceil(unit.held * 1.2) + 1
  const bet = strongestBet(unit)
  const said = pushOf(unit, bet)
  const seen = trial.seen[unit.kind]
  const scattered =
    recent.numeric && bet === oddBet && unit.scatter.length > 0 && seen.bin.length > 0
      ? scatteredOf(said, unit, recent, seen)
      : null
  const push = scattered?.push ?? redate(said, unit, recent, own.ways)
  const first = new Map<number, number>()
  for (const other of own.byId.values()) first.set(other.number, other.firstIndex)
  const firstIndexOf = (number: number) => first.get(number) ?? index
  const ratio = scattered ? seen.ratio : undefined
  let world = testWorld(recent, push, firstIndexOf, ratio)
  const isOrigin = unit.kind === 'origin'
  const awaits = isOrigin && world.joined.size >= fewestOthers && unit.held < waitsForCompany
  let isOpen =
    awaits ||
    world.says === 'open' ||
    (scattered ? isGuessing(unit, scattered, names.length) : isCareless(unit, push, names.length)) ||
    mayBeMix(recent, push) ||
    (!scattered?.wasCareful && mayBeSevere(unit, push, recent, own.byId.size >= manyUnits))
  if (!isOpen && world.says === 'apart') {
    const isLike = likeRowsOf(recent, push, ratio)
    if (isLike) world = testWorld(recent, push, firstIndexOf, ratio, isLike)
    isOpen = isLike === null || world.says === 'open'
  }
  if (world.says === 'moved' || (isOpen && unit.held > longestHold)) restart(unit)
  if (world.says === 'moved' || isOpen) return
  const partner = usualPartner(unit, partners)
  const blamed = partner && blame(recent, push, partner.number) === 'partner' ? partner : unit
  const alarm = accuse(unit, push, world, names, index, recent.numeric)
  const company = isOrigin && blamed === unit ? companyOf(unit, own, push, world) : []
  if (company.length >= fewestOthers) {
    alarms.push(accuseTogether(alarm, unit, company, push, names))
    for (const { id } of company) learner.distrust({ origin: id })
  } else if (blamed === unit)
    alarms.push(isOrigin ? truerKind(alarm, unit.number, Math.max(anyWay, classOf(push.bet)), recent, places) : alarm)
  else {
    alarms.push(inNameOf(blamed, unit, alarm))
    blamed.accused = true
    blamed.accusedSince = push.onsetIndex
    blamed.pushes = unit.pushes
    unit.accused = false
    restart(unit)
  }
  learner.distrust(blamed.kind === 'origin' ? { origin: blamed.id } : { labeler: blamed.id })
}
