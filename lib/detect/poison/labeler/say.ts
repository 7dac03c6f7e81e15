import type { Alarm } from '@/lib/detect/detector'
import { type WrongRows, wrongRowsOf } from '@/lib/detect/poison/availability/wrong-rows'
import { anyBet } from '@/lib/detect/poison/bets'
import { testWorld } from '@/lib/detect/poison/label-flip/world'
import { reportEvidence } from '@/lib/evidence/report'
import type { Witness } from '@/lib/learn/witness'
import { beyondLikeRows } from './hard-place'
import type { People } from './people'
import type { Person } from './person'

/** Share of the rows since his onset that he got wrong, beyond the expected, and its standard error. */
export function shareOf({ since, hits, hoped }: Person): { share: number; error: number } {
  const share = (hits - hoped) / Math.max(1, since - hoped)
  return { share, error: Math.sqrt(Math.max(hits, 1)) / Math.max(1, since - hoped) }
}

/** @returns the warning; null where the others show the same, or the rows he was given explain it. */
export function say(
  wrong: WrongRows,
  record: Person,
  records: People,
  witness: Witness,
  eventIndex: number,
): Alarm | null {
  const { kind, id, number, onsetIndex, onsetTime, since, hits, hoped } = record
  const { share } = shareOf(record)
  const push = {
    kind,
    number,
    bet: anyBet,
    onsetIndex,
    onsetTimeMs: onsetTime,
    rows: since,
    hits,
    expected: hoped,
    effect: share,
  }
  const world = testWorld(witness.recent, push, () => 0)
  if (world.says !== 'apart' || beyondLikeRows(witness.recent, push) < (2 * share) / 3) return null
  const rows = wrongRowsOf(wrong, new Set([number]), onsetIndex)
  return {
    kind: 'quality.labeler',
    unit: `${kind}=${id}`,
    subject: { ...(kind === 'origin' ? { origin: id } : { labeler: id }), eventIds: rows.map((row) => row.id) },
    eventIndex,
    onsetIndex,
    onsetTimeMs: onsetTime,
    ...reportEvidence(record.evidence),
    effect: share,
    effectUnit: 'share of wrong labels beyond what the model expects',
    n: since,
    severity: 'warning',
    verdict: 'undetermined',
    why: `${id} labels ${percent(hits / since)} of ${since} rows against the model, peers ${percent(world.hitRate)}: errors at random`,
    test:
      `Peers show at most ${percent(records.careless)} beyond the model's own doubt; the errors fall on every class alike, and are too few for an attack. ` +
      `One who works on harder rows than the model can tell would look the same.`,
  }
}

const percent = (part: number) => `${Math.round(100 * part)} %`
