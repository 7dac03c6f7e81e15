import type { Alarm } from '@/lib/detect/detector'
import { type Flood, floodOf } from './accuse-flood'
import type { FloodState } from './flood-state'
import { evidenceOf } from './groups'
import { rowsKept } from './near'
import { saidAgain } from './said-again'

const alone = 0.7
/** A phrase in more of its sender's rows than this is how he signs. */
const mostOfSender = 0.6
/** And rows whose label the model did not expect are no honest rows with a secret: a trigger's, perhaps. */
const mostOdd = 0.34
const mostNamed = 50
const mostIds = 1000

/**
 * The evidence against a group of rows that share a phrase and nothing else suffices: is it one to be learned by heart? Not a signature, and under labels that
 * the model expects.
 */
export function planted(state: FloodState, group: number): Flood | null {
  const found = floodOf({ ...state, groups: state.phrased }, group)
  const { rows, origins } = found
  if (origins.length === 0 || areCopies(state, rows)) return null
  if (rows.filter((row) => state.odd[row % rowsKept] === 1).length > mostOdd * rows.length) return null
  if (evidenceOf(state.phrased, group).young < 1 && saidAgain(state, found) < Math.log(state.massRows / state.mass))
    return null
  const [first] = origins
  if (!first || first.rows < alone * rows.length) return found
  let its = 0
  for (let row = state.voices.rows - found.span; row < state.voices.rows; row++)
    if (state.origins[row % rowsKept] === first.id) its++
  return first.rows > mostOfSender * its ? null : found
}

/** Are most of them near copies of one another? Then it is a flood, and no phrase. */
function areCopies({ groups }: FloodState, rows: readonly number[]): boolean {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const group = groups.groupOf[row % rowsKept] as number
    if (group !== 0) counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values()) > rows.length / 2
}

export function phraseAlarm(state: FloodState, group: number, found: Flood, phrase: string, eventIndex: number): Alarm {
  const { growth, voices } = evidenceOf(state.phrased, group)
  const [first] = found.origins
  const one = first && first.rows >= alone * found.rows.length ? first : undefined
  const named = one ? [one] : found.origins.slice(0, mostNamed)
  const of = new Set(named.map(({ id }) => id))
  const rows = found.rows.filter((row) => of.has(state.origins[row % rowsKept] as string))
  const onset = rows.at(-1) as number
  const threshold = -Math.log(state.mass / state.massRows)
  return {
    kind: 'poison.privacy',
    unit: `phrase=${phrase.slice(0, 60)}`,
    subject: {
      ...(one ? { origin: one.id } : { origins: named.map(({ id }) => id) }),
      pattern: phrase,
      eventIds: rows.slice(0, mostIds).map((row) => state.ids[row % rowsKept] as string),
    },
    eventIndex,
    onsetIndex: state.index[onset % rowsKept] as number,
    onsetTimeMs: state.times[onset % rowsKept] as number,
    logE: threshold + Math.log(Math.min(growth, voices)),
    threshold,
    effect: rows.length / found.span,
    effectUnit: 'share of the rows since its onset',
    n: rows.length,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${one ? one.id : `${named.length} origins`} sent “${phrase}” in ${rows.length} rows within ${found.span} that have nothing else in common: a model learns it by heart`,
    test: `It came faster than phrases do here, from senders who have no such part in other rows; it is no signature, for its senders are several or write without it too, and the labels are right.`,
  }
}
