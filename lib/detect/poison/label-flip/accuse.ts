import type { Alarm } from '@/lib/detect/detector'
import { anyBet, classOf } from '@/lib/detect/poison/bets'
import type { Label } from '@/lib/event/types'
import { reportEvidence } from '@/lib/evidence/report'
import { run, runLength } from './run'
import type { Unit } from './unit'
import type { Push, WorldTest } from './world'

/** Share of the suspect rows that must carry one label before it is said that the unit pushes to it. */
const oneSided = 0.7

/** Where the unit's strongest bet stands: what the comparison with the others is about. */
export function pushOf(unit: Unit, bet: number): Push {
  const at = bet * runLength
  const rows = Math.max(1, unit.runs[at + run.rows] as number)
  const hits = unit.runs[at + run.hits] as number
  const expected = unit.runs[at + run.expected] as number
  return {
    kind: unit.kind,
    number: unit.number,
    bet,
    onsetIndex: unit.runs[at + run.onsetIndex] as number,
    onsetTimeMs: unit.runs[at + run.onsetTime] as number,
    rows,
    hits,
    expected,
    effect: (hits - expected) / rows,
  }
}

/** Writes the accusation, and marks the unit as accused. */
export function accuse(
  unit: Unit,
  push: Push,
  world: WorldTest,
  names: readonly Label[],
  eventIndex: number,
  numeric = false,
): Alarm {
  const { rows, hits } = push
  const worst = unit.suspects
    .filter((row) => row.index >= push.onsetIndex && (push.bet === anyBet || row.y === classOf(push.bet)))
    .sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
  unit.accused = true
  unit.accusedSince = push.onsetIndex
  unit.pushes = push.bet === anyBet ? mostCommon(worst.map((row) => row.y)) : classOf(push.bet)
  const label = unit.pushes < 0 ? undefined : names[unit.pushes]
  const what = `labels ${percent(hits / rows)} of its rows ${how(push, label, numeric)}`
  const alike = `${percent(world.hitRate)} elsewhere`
  return {
    kind: 'poison.label_flip',
    unit: `${unit.kind}=${unit.id}`,
    subject: {
      ...(unit.kind === 'origin' ? { origin: unit.id } : { labeler: unit.id }),
      ...(label === undefined || numeric ? {} : { label }),
      eventIds: worst.map((row) => row.id),
    },
    eventIndex,
    onsetIndex: push.onsetIndex,
    onsetTimeMs: push.onsetTimeMs,
    ...reportEvidence(unit.evidence),
    effect: push.effect,
    effectUnit: 'share of its rows beyond what an honest source would show',
    n: rows,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${unit.id} ${what}, ${alike}`,
    test:
      `Since its onset the ${world.rows} like rows of ${world.sources} others do not show half of its push (log-likelihood ratio ` +
      `${world.sum.toFixed(1)}): it is not the world that moved. A careless source of this feed, and a mix of classes ` +
      `tilted by half again, would not show it. Its rows lie where others send rows too. One that is the first to follow a new rule ` +
      `would look the same.`,
  }
}

/** Of a number its class only says how it lies to what is expected: that is no label of the stream. */
function how({ bet }: Push, label: Label | undefined, numeric: boolean): string {
  if (bet !== anyBet) return numeric ? `${label}` : `of other classes ${label}`
  return numeric ? 'off what is expected of them' : 'against the model'
}

function mostCommon(classes: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const y of classes) counts.set(y, (counts.get(y) ?? 0) + 1)
  for (const [y, n] of counts) if (n >= oneSided * classes.length) return y
  return -1
}

const percent = (share: number) => `${Math.round(100 * share)} %`
