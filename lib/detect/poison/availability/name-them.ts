import { wasCareful } from '@/lib/detect/poison/borne'
import type { Crowd } from './crowd'
import type { Member } from './member'
import { badOnes, fewestNow, isNamed, type Trial } from './trial'

/** Nats for one who was not named at first. */
const lateNats = 5
/** Nats for one who was. */
const stillBad = 1.5
const sureOfOne = 0.85

/**
 * Whom the trial bears out, worst first; nobody where those are no crowd.
 * @param areNumbers people differ in how severe they are: of numbers, who always lay off what is expected belongs to no crowd, unless all of it is new.
 */
export function nameThem(crowd: Crowd, trial: Trial, areNumbers = false): Member[] {
  const { own } = trial
  // Of one who was wrong once: as many as this of those are bad.
  const part = (own.hits - own.expected) / Math.max(1, own.hits)
  const named = [...crowd.members.byId.values()].filter((member) => {
    if (member.accused || !isNamed(trial, member)) return false
    if (member.disagreements < 2 && part < sureOfOne) return false
    return member.gain >= stillBad || (trial.fromRow >= 0 && member.disagreements > member.expected + 0.1 * member.rows)
  })
  const known = new Set(named)
  for (const late of badOnes(crowd, lateNats)) if (!known.has(late)) named.push(late)
  const changed = areNumbers && trial.fromRow < 0 && crowd.rules.fewest > 1 ? named.filter(hasChanged) : named
  const { fewest } = crowd.rules
  const those = changed.length < fewest ? changed.filter(({ gain }) => gain >= lateNats) : changed
  return those.length < fewestNow(crowd) ? [] : those.sort((a, b) => badness(b) - badness(a) || a.number - b.number)
}

/** Did it show less than half of this before? */
export function hasChanged({ rows, disagreements, expected, since, hits, hoped }: Member): boolean {
  const turned = (hits - hoped) / Math.max(1, since - hoped)
  return wasCareful({ rows: rows - since, excess: disagreements - hits - (expected - hoped) }, turned)
}

const badness = ({ gain, disagreements, expected }: Member) => Math.max(gain, disagreements - expected)
