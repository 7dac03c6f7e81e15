import type { AlertKind } from '@/lib/alert/finding'
import type { Alarm, UnitStanding } from '@/lib/detect/detector'
import { natsOfChance, natsOfRise } from '@/lib/detect/poison/attribute/risen'
import { clearEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'
import type { Recent } from '@/lib/learn/place/recent'
import { asExpected, regressionNames } from '@/lib/learn/regression/regressor'
import { type CrowdState, charge } from './charge'
import { weighIn } from './crowd'
import { gangOf } from './gang'
import type { Member } from './member'
import { hasChanged, nameThem } from './name-them'
import { notAlone } from './not-alone'
import type { Sight } from './sight'
import { badOnes, fewestNow, hear, isNamed, startTrial, type Trial } from './trial'
import { keepWrong } from './wrong-rows'

export interface CrowdRow {
  readonly id: string
  readonly index: number
  readonly timeMs: number
  readonly y: number
  readonly favourite: number
  /** 1 − the chance of its label. */
  readonly suspicion: number
  /** Does the learner of today disagree, and with what chance was it to? */
  readonly odd: boolean
  readonly oddChance: number
}

/** Rows between two looks at a crowd that is none yet. */
const restRows = 25
const nobody: readonly Member[] = []

/** Takes a row of an origin. @param isAccused who was accused elsewhere. @returns who is accused by it. */
export function watchCrowd(
  state: CrowdState,
  origin: string,
  sight: Sight,
  { id, index, timeMs, y, favourite, suspicion, odd, oddChance }: CrowdRow,
  mass: number,
  isAccused: (origin: string) => boolean,
  alarms: Alarm[],
  recent: Recent,
): readonly Member[] {
  const { crowd, trial } = state
  const weighed = weighIn(crowd, origin, sight, index, timeMs, mass)
  if (!weighed) return nobody
  const { member, total, rate } = weighed
  if (y !== favourite) keepWrong(state.wrong, { id, index, origin: member.number, y, suspicion })
  if (!trial) {
    if (total >= 1 && state.rest-- <= 0) {
      state.trial = startTrial(crowd, index)
      state.rest = restRows
    }
    return nobody
  }
  if (isNamed(trial, member)) {
    trial.odd.rows++
    if (odd) trial.odd.hits++
    trial.odd.expected += oddChance
  }
  const says = hear(trial, crowd, member, sight, rate, favourite)
  if (says === 'open') return nobody
  const said = says === 'apart' ? accusationOf(state, trial, isAccused, index, recent) : null
  const named = said?.named ?? nobody
  if (said) alarms.push(...said.alarms)
  for (const one of named) one.accused = true
  clearEvidence(crowd.evidence)
  state.trial = null
  return named
}

/** Of numbers, slow poison that is none after all but labels turned takes a change, as it does of whoever watches for those: people differ. */
function accusationOf(
  state: CrowdState,
  trial: Trial,
  isAccused: (origin: string) => boolean,
  index: number,
  recent: Recent,
): { alarms: readonly Alarm[]; named: readonly Member[] } | null {
  const areNumbers = state.names[asExpected] === regressionNames[asExpected]
  const { kind, areLabelers } = state.crowd.rules
  const named = notAlone(recent, state, nameThem(state.crowd, trial, areNumbers))
  if (named.length < fewestNow(state.crowd)) return null
  if (areLabelers) return gangOf(state, trial, named, index)
  const alarm = charge(state, trial, named, isAccused, index)
  if (!areNumbers || kind === undefined || alarm.kind === kind || trial.fromRow >= 0) return { alarms: [alarm], named }
  const all = [...state.crowd.members.byId.values()]
  const changed = named.filter((member) => {
    const like = all.filter(({ rows }) => rows >= member.rows)
    return hasChanged(member) && riseOf(member) >= natsOfChance(member.rows, like.length)
  })
  return changed.length === 0 ? null : { alarms: [charge(state, trial, changed, isAccused, index)], named: changed }
}

/** Nats by which its share of hits is higher since its onset than before. */
const riseOf = ({ rows, disagreements, since, hits }: Member): number =>
  natsOfRise({ rows: rows - since, hits: disagreements - hits }, { rows: since, hits })

/** How the crowd stands, for screens. */
export function crowdStanding({ crowd }: CrowdState, kind: AlertKind): UnitStanding[] {
  const bad = badOnes(crowd).slice(0, 50)
  return [
    {
      kind,
      unit: 'crowd',
      subject: bad.length && !crowd.rules.areLabelers ? { origins: bad.map(({ id }) => id) } : {},
      ...reportEvidence(crowd.evidence),
      effect: crowd.wrong / Math.max(1, crowd.expected) - 1,
      n: crowd.rows,
    },
  ]
}
