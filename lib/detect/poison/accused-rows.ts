import type { Alarm } from '@/lib/detect/detector'
import type { Arrival, EventOf, TrainingData } from '@/lib/event/types'
import { numberOf } from '@/lib/learn/place/recent'
import type { Learner, Witness } from '@/lib/learn/witness'
import { isYoung } from './injection/voices'
import { type Newcomers, startNewcomers, suspicionOfNewcomer } from './newcomers'
import { badChance, either, honestChance, ownSuspicion } from './row-suspicion'
import { noteShown, type Shown, suspicionByShown } from './shown'

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
  /** Of everybody, accused or not. */
  shown: { origins: Map<string, Shown>; labelers: Map<string, Shown> }
  newcomers: Newcomers
}

interface Record {
  /** His rows are bad whatever they say. */
  repeats: boolean
  /** New, and accused together with others: an account that was made for it has few other rows, whatever their labels. */
  isMade: boolean
  rows: number
  /** Bad ones among them, as expected. */
  bad: number
  /** Of those, by class of the label. */
  to: number[]
}

/** Rows that an accusation stands for, and the bad ones among them. */
const before = { turned: { rows: 8, bad: 6.4 }, repeated: { rows: 30, bad: 29 } }
const mostShare = 0.97
/** Chance that a row of an account that was made for it is bad, at least. */
const ofMade = 0.5
/** The oldest make room. */
const most = 10_000

export const startAccusedRows = (): AccusedRows => ({
  origins: new Map(),
  labelers: new Map(),
  shown: { origins: new Map(), labelers: new Map() },
  newcomers: startNewcomers(),
})

export function noteAccusation({ origins, labelers, newcomers }: AccusedRows, { kind, subject }: Alarm): void {
  // What a pattern or a missing row is held against, is no source.
  if (!kind.startsWith('poison.') || kind === 'poison.deletion' || subject.pattern !== undefined) return
  const repeats = kind === 'poison.injection'
  if (subject.origin !== undefined) add(origins, subject.origin, repeats)
  if (subject.labeler !== undefined) add(labelers, subject.labeler, repeats)
  for (const origin of subject.origins ?? []) add(origins, origin, repeats, isYoung(newcomers, numberOf(origin)))
}

function add(into: Map<string, Record>, id: string, repeats: boolean, isMade = false): void {
  if (into.has(id)) return
  const { rows, bad } = repeats ? before.repeated : before.turned
  into.set(id, { repeats, isMade, rows, bad, to: [] })
  if (into.size > most) for (const oldest of into.keys()) return void into.delete(oldest)
}

/**
 * The suspicion of a training row at its arrival: from its own label, from what detectors hold against who and what is on it, from what its source has shown
 * of late (./shown.ts), from how new it is (./newcomers.ts) and from what it was accused of, each enough by itself (1 less the product of what they leave). Learns from the row: call once,
 * before it is learned.
 *
 * @param held what detectors hold against it: 0 to 1.
 */
export function suspicionOf(
  { origins, labelers, shown, newcomers }: AccusedRows,
  held: number,
  arrival: Arrival,
  learner: Learner,
): number {
  if (arrival.event.type !== 'ml.training.v1') return held
  const { data } = arrival.event
  const witness = learner.witness(arrival as Arrival<EventOf<'ml.training.v1'>>)
  const p = honestChance(witness, data.label)
  const byShown = either(either(ownSuspicion(witness, p), held), takeShown(shown, data, witness, p))
  const suspicion = either(byShown, suspicionOfNewcomer(newcomers, numberOf(data.origin.id)))
  if (origins.size + labelers.size === 0) return suspicion
  const origin = origins.get(data.origin.id)
  const labeler = data.labeler === undefined ? undefined : labelers.get(data.labeler)
  return either(suspicion, Math.max(origin ? take(origin, witness, p) : 0, labeler ? take(labeler, witness, p) : 0))
}

/** @returns the suspicion by what the row's source and labeler have shown so far. */
function takeShown(
  { origins, labelers }: AccusedRows['shown'],
  { origin, labeler }: TrainingData,
  { y, judged, shadow }: Witness,
  p: number,
): number {
  if (!judged || y < 0) return 0
  const numeric = shadow.regressor !== null
  const ofOrigin = suspicionByShown(origins.get(origin.id), p, numeric)
  noteShown(origins, origin.id, judged, y)
  if (labeler === undefined) return ofOrigin
  const ofLabeler = suspicionByShown(labelers.get(labeler), p, numeric)
  noteShown(labelers, labeler, judged, y)
  return Math.max(ofOrigin, ofLabeler)
}

/** @returns the chance that the row is a part of what he was accused of. @param p if it is honest. */
function take(record: Record, { y, judged }: Witness, p: number): number {
  const share = Math.min(mostShare, record.bad / record.rows)
  if (record.repeats || !judged || y < 0) return share
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
  return record.isMade ? Math.max(ofMade, chance) : chance
}
