import type { AlertKind } from '@/lib/alert/finding'
import type { Alarm } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { reportEvidence } from '@/lib/evidence/report'
import { type Crowd, startCrowd } from './crowd'
import type { Member } from './member'
import type { CrowdRules } from './rules'
import type { Trial } from './trial'
import { startWrongRows, type WrongRow, type WrongRows, wrongRowsOf } from './wrong-rows'

const mostNamed = 50
const oneSided = 0.7
/** One way, and for so many lines: that is slow poison. */
const slowLines = 1000

/** What a detector that watches a crowd keeps. */
export interface CrowdState {
  crowd: Crowd
  trial: Trial | null
  /** Rows until the crowd is looked at again, when it was not one. */
  rest: number
  wrong: WrongRows
  names: readonly Label[]
}

export const startCrowdState = (rules: CrowdRules): CrowdState => ({
  crowd: startCrowd(rules),
  trial: null,
  rest: 0,
  wrong: startWrongRows(),
  names: [],
})

/** Writes the accusation. The rows of whoever was accused before have been said. */
export function charge(
  state: CrowdState,
  trial: Trial,
  named: readonly Member[],
  isAccused: (origin: string) => boolean,
  eventIndex: number,
): Alarm {
  const onsets = named.map((member) => [member.onsetIndex, member.onsetTime] as const).sort((a, b) => a[0] - b[0])
  const [onsetIndex, onsetTimeMs] = onsets[Math.floor(onsets.length / 5)] ?? [eventIndex, 0]
  const rows = wrongRowsOf(
    state.wrong,
    new Set(named.filter(({ id }) => !isAccused(id)).map(({ number }) => number)),
    onsetIndex,
  )
  const to = oneWay(trial, rows)
  const label = to < 0 ? undefined : state.names[to]
  const { own, others } = trial
  const [first] = named
  const alone = named.length === 1 ? first : undefined
  const isSlow = eventIndex - onsetIndex > slowLines && (alone === undefined || isRising(rows, onsetIndex, eventIndex))
  const kind = kindOf(trial, label !== undefined, alone !== undefined, isSlow, state.crowd.rules.kind)
  const rate = own.hits / Math.max(1, own.rows)
  const elsewhere = others.hits / Math.max(1, others.rows)
  const isAnchored = state.crowd.rules.kind ? ' as it was' : ''
  const fresh = trial.fromRow >= 0 ? ', most of them new here' : ''
  return {
    kind,
    unit: `crowd=${named[0]?.id}`,
    subject: {
      ...(alone ? { origin: alone.id } : { origins: named.slice(0, mostNamed).map(({ id }) => id) }),
      ...(label === undefined ? {} : { label }),
      eventIds: rows.map(({ id }) => id),
    },
    eventIndex,
    onsetIndex,
    onsetTimeMs,
    ...reportEvidence(state.crowd.evidence),
    effect: rate - elsewhere,
    effectUnit: 'share of their rows against the model beyond the others’',
    n: own.rows,
    severity: 'critical',
    verdict: 'poisoning',
    why:
      `${alone ? alone.id : `${named.length} origins${fresh}`} ${alone ? 'labels' : 'label'} ${percent(rate)} of ${alone ? 'its' : 'their'} rows against the model${isAnchored}` +
      `${label === undefined ? '' : `, mostly ${label}`}, ${percent(elsewhere)} elsewhere`,
    test:
      `Named at line ${trial.startIndex} and judged by the ${trial.rows} rows that followed: ${own.rows} of theirs against ${others.rows} ` +
      `of the others. A change of the world would show with all alike.`,
  }
}

/**
 * @param oneWay they turn labels to one class; @param fixed what the detector watches for: slow poison takes its time, and pulls one way or is not half
 * as odd to the learner of today as to the anchor; of one alone, its wrong rows come thicker and thicker. Else many who turn labels both ways wreck the model; one way, and for long, they pull it slowly.
 */
function kindOf({ own, odd }: Trial, oneWay: boolean, isAlone: boolean, isSlow: boolean, fixed?: AlertKind): AlertKind {
  const excess = (own.hits - own.expected) / Math.max(1, own.rows)
  const oddExcess = (odd.hits - odd.expected) / Math.max(1, odd.rows)
  if (fixed && isSlow && (oneWay || oddExcess < excess / 2)) return fixed
  return isAlone ? 'poison.label_flip' : !oneWay ? 'poison.availability' : isSlow ? 'poison.slow' : 'poison.label_flip'
}

/** Do the wrong rows come thicker and thicker since the onset (density ½ + u on its way u from 0 to 1), or evenly? By the likelier of the two. */
function isRising(rows: readonly WrongRow[], onsetIndex: number, eventIndex: number): boolean {
  let logRatio = 0
  for (const { index } of rows) logRatio += Math.log(0.5 + (index - onsetIndex) / Math.max(1, eventIndex - onsetIndex))
  return logRatio > 0
}

/**
 * The class that they turn labels to, if it is one: most wrong rows say it, and rows that look like it already are left alone, of which there were enough
 * to tell. -1: both ways, as labels turned at random do where classes are uneven.
 */
function oneWay({ rowsOf, hitsOf }: Trial, rows: readonly WrongRow[]): number {
  const counts = new Map<number, number>()
  for (const { y } of rows) counts.set(y, (counts.get(y) ?? 0) + 1)
  for (const [y, n] of counts) {
    if (n < oneSided * rows.length) continue
    const elsewhere = sum(rowsOf) - (rowsOf[y] as number)
    const rate = (sum(hitsOf) - (hitsOf[y] as number)) / Math.max(1, elsewhere)
    const expected = rate * (rowsOf[y] as number)
    return expected >= enoughToTell && (hitsOf[y] as number) < expected / 3 ? y : -1
  }
  return -1
}

const enoughToTell = 4
const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0)

const percent = (share: number) => `${Math.round(100 * share)} %`
