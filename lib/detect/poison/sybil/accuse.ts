import type { Alarm } from '@/lib/detect/detector'
import { anyBet, classOf } from '@/lib/detect/poison/bets'
import type { Push, WorldTest } from '@/lib/detect/poison/label-flip/world'
import type { Label } from '@/lib/event/types'
import { reportEvidence } from '@/lib/evidence/report'
import type { Cluster } from './clusters'
import type { Named } from './name-them'
import type { Tie } from './ties'

const mostNamed = 50
const oneSided = 0.7

/** Why they are taken for one hand. */
export const tieWords: Readonly<Record<Tie, string>> = {
  born: 'were first seen at about the same time',
  together: 'send at the same times',
  copies: 'repeat one another',
  near: 'send rows from the same places of the embedding',
}

/** Writes the accusation: one way they push a label, both ways they wreck the model. */
export function accuse(
  cluster: Cluster,
  named: readonly Named[],
  push: Push,
  world: WorldTest,
  names: readonly Label[],
  eventIndex: number,
  numeric: boolean,
): Alarm {
  const { unit, tie } = cluster
  const guilty = new Set(named.map(({ seat }) => seat.number))
  const worst = unit.suspects
    .filter(
      ({ index, y, partner }) =>
        index >= push.onsetIndex && guilty.has(partner) && (push.bet === anyBet || y === classOf(push.bet)),
    )
    .sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
  const to = push.bet === anyBet ? mostCommon(worst.map(({ y }) => y)) : classOf(push.bet)
  const label = to < 0 || numeric ? undefined : names[to]
  const hits = named.reduce((sum, one) => sum + one.hits, 0)
  const rows = named.reduce((sum, one) => sum + one.rows, 0)
  return {
    kind: to < 0 ? 'poison.availability' : 'poison.label_flip',
    unit: `sybils ${unit.id}`,
    subject: {
      origins: named.slice(0, mostNamed).map(({ seat }) => seat.id),
      ...(label === undefined ? {} : { label }),
      eventIds: worst.map(({ id }) => id),
    },
    eventIndex,
    onsetIndex: push.onsetIndex,
    onsetTimeMs: push.onsetTimeMs,
    ...reportEvidence(unit.evidence),
    effect: push.effect,
    effectUnit: 'share of their rows beyond what an honest source would show',
    n: rows,
    severity: 'critical',
    verdict: 'poisoning',
    why:
      `${named.length} of ${cluster.members.size} origins that ${tieWords[tie]} turn labels${label === undefined ? '' : ` to ${label}`}: ` +
      `${percent(hits / Math.max(1, rows))} of their ${rows} rows, ${percent(world.hitRate)} elsewhere`,
    test:
      `Since its onset the ${world.rows} like rows of ${world.sources} others do not show half of this (log-likelihood ratio ${world.sum.toFixed(1)}). ` +
      `They were grouped before a label of theirs was looked at. Honest newcomers who alone send a kind of row that the model cannot tell would look the same.`,
  }
}

function mostCommon(classes: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const y of classes) counts.set(y, (counts.get(y) ?? 0) + 1)
  for (const [y, n] of counts) if (n >= oneSided * classes.length) return y
  return -1
}

const percent = (share: number) => `${Math.round(100 * share)} %`
