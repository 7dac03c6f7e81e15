import type { Alarm } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/calibrate'
import type { Learner } from '@/lib/learn/witness'
import { badChance, either } from './row-suspicion'

/**
 * Whoever was accused, by whichever detector, and what his rows have shown since: which of them are the attack, for an accused source may send good rows too.
 *
 * Formula  as in ./row-suspicion.ts, with π and the labels that turned rows bear re-estimated after each of his rows (online EM); of repeated rows, which
 *          bear right labels, π alone: a row of theirs is bad because it is theirs.
 * Source   Cappé & Moulines 2009, JRSS B 71 (online EM).
 */
export interface AccusedRows {
  origins: Map<string, Record>
  labelers: Map<string, Record>
}

interface Record {
  /** His rows are bad whatever they say. */
  repeats: boolean
  rows: number
  /** Bad ones among them, as expected. */
  bad: number
  /** Of those, by class of the label. */
  to: number[]
}

/** Rows that an accusation stands for, and the bad ones among them. */
const before = { turned: { rows: 8, bad: 6.4 }, repeated: { rows: 30, bad: 29 } }
const mostShare = 0.97
/** The oldest make room. */
const most = 10_000

export const startAccusedRows = (): AccusedRows => ({ origins: new Map(), labelers: new Map() })

export function noteAccusation({ origins, labelers }: AccusedRows, { kind, subject }: Alarm): void {
  // What a pattern or a missing row is held against, is no source.
  if (!kind.startsWith('poison.') || kind === 'poison.deletion' || subject.pattern !== undefined) return
  const repeats = kind === 'poison.injection'
  if (subject.origin !== undefined) add(origins, subject.origin, repeats)
  if (subject.labeler !== undefined) add(labelers, subject.labeler, repeats)
  for (const origin of subject.origins ?? []) add(origins, origin, repeats)
}

function add(into: Map<string, Record>, id: string, repeats: boolean): void {
  if (into.has(id)) return
  const { rows, bad } = repeats ? before.repeated : before.turned
  into.set(id, { repeats, rows, bad, to: [] })
  if (into.size > most) for (const oldest of into.keys()) return void into.delete(oldest)
}

/** @returns the suspicion of a training row once it is known whose it is: his, who was accused, or nobody's. Learns from it: call once a row, before it is learned. */
export function withAccused(
  { origins, labelers }: AccusedRows,
  suspicion: number,
  arrival: Arrival,
  learner: Learner,
): number {
  const { event } = arrival
  if (event.type !== 'ml.training.v1' || origins.size + labelers.size === 0) return suspicion
  const { data } = event
  const origin = origins.get(data.origin.id)
  const labeler = data.labeler === undefined ? undefined : labelers.get(data.labeler)
  if (!origin && !labeler) return suspicion
  const { y, judged } = learner.witness(arrival as Arrival<EventOf<'ml.training.v1'>>)
  const chance = Math.max(origin ? take(origin, y, judged) : 0, labeler ? take(labeler, y, judged) : 0)
  return either(suspicion, chance)
}

function take(record: Record, y: number, judged: Judgement | null): number {
  const share = Math.min(mostShare, record.bad / record.rows)
  if (record.repeats || !judged || y < 0) return share
  const p = judged.p[y] as number
  const k = judged.classes
  let seen = 0
  for (const n of record.to) seen += n ?? 0
  // Labels that turned rows bear, oftener or more seldom than evenly.
  const ofLabel = Math.min(1, ((((record.to[y] ?? 0) + 1) / (seen + k)) * k) / Math.max(1, k - 1))
  const chance = badChance(share, (1 - p) * ofLabel, p)
  record.rows++
  record.bad += chance
  for (let c = record.to.length; c <= y; c++) record.to.push(0)
  record.to[y] = (record.to[y] as number) + chance
  return chance
}
