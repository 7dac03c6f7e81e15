import type { Alarm } from '@/lib/detect/detector'
import { anyBet } from '@/lib/detect/poison/bets'
import type { Label } from '@/lib/event/types'
import { suspicionOf, type Unit } from './unit'
import type { Units } from './units'
import type { Push, WorldTest } from './world'

/**
 * Who turns labels together with an origin that is accused: those accused before since about the same line, and those whose rows since its onset
 * show half of its push, beyond chance among so many, and are suspect by themselves.
 */
export function companyOf(unit: Unit, own: Units, push: Push, world: WorldTest): Unit[] {
  const enoughNats = Math.log(own.byId.size / chanceOfInnocent)
  const company: Unit[] = []
  for (const other of own.byId.values()) {
    if (other === unit) continue
    const isOld = other.accused && Math.abs(other.accusedSince - push.onsetIndex) <= sameOnset
    const shows = (world.joined.get(other.number) ?? 0) >= enoughNats && suspicionOf(other) >= ownNats
    if (isOld || (!other.accused && shows)) company.push(other)
  }
  return company
}

/** Chance that any of all the innocent is named with the guilty. */
const chanceOfInnocent = 0.01
/** Nats that it has against it by itself, its own ways and carelessness borne: people who differ show a push as well. */
const ownNats = 4
/** Lines between two onsets that are one. */
const sameOnset = 500
const mostNamed = 50
const mostRows = 1000

/** The alarm of `unit`, said of all of them: both ways they wreck the model; one way they push. Marks the company as accused. */
export function accuseTogether(
  alarm: Alarm,
  unit: Unit,
  company: readonly Unit[],
  push: Push,
  names: readonly Label[],
): Alarm {
  const rows = new Map((alarm.subject.eventIds ?? []).map((id) => [id, 1]))
  const worst = unit.suspects.filter(({ id }) => rows.has(id))
  for (const other of company) {
    // Rows of those who were accused before have been said.
    if (other.accused) continue
    worst.push(...other.suspects.filter(({ index, y }) => index >= push.onsetIndex && hits(push, unit, y)))
    other.accused = true
    other.accusedSince = push.onsetIndex
    other.pushes = unit.pushes
  }
  worst.sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
  const origins = [unit, ...company].slice(0, mostNamed).map(({ id }) => id)
  // Of numbers, labels turned by chance fall on one side where the target is skewed.
  const bothWays = push.bet === anyBet || alarm.subject.label === undefined
  const label = bothWays ? undefined : names[unit.pushes]
  return {
    ...alarm,
    kind: bothWays ? 'poison.availability' : 'poison.label_flip',
    unit: `crowd=${unit.id}`,
    subject: {
      origins,
      ...(alarm.subject.label === undefined || bothWays ? {} : { label: alarm.subject.label }),
      eventIds: worst.slice(0, mostRows).map(({ id }) => id),
    },
    why: `${origins.length} origins turn labels ${label === undefined ? '' : `to ${label} `}together: ${alarm.why}`,
  }
}

const hits = (push: Push, unit: Unit, y: number) => push.bet === anyBet || y === unit.pushes
