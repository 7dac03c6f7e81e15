import { improbability, spreadOf } from '@/lib/detect/drift/usual/improbable'

/**
 * What change is usual for a series that is never at rest, and when one goes beyond it.
 *
 * A change at a scale of n rows is the mean of the latest n against the mean of up to 4 n before them. The past changes of a scale, one every n rows,
 * say what is usual. A change is unusual when it is both
 *   a record   greater by a quarter than every change before it at this scale: if past and present changes are exchangeable, the k-th is the
 *              greatest with probability 1/k, so the pages of a series that wanders grow like the logarithm of its changes, however heavy its tails;
 *   improbable for a normal law of the spread that past changes had (Student's t, as that spread is estimated), at what the budget gives this look:
 *              a series that does not wander at all then keeps the budget, by a sum over looks, under any dependence. Where the record is more than
 *              the greatest of so many normal changes, tails are heavier, and the record says what the spread is.
 */
export interface Changes {
  /** Sums and numbers of values by block of `blockRows`, a ring. */
  sums: Float64Array
  counts: Float64Array
  /** Blocks so far; those before `since` lie beyond a change already reported. */
  blocks: number
  since: number
  /** By scale: how many past changes, their mean size, the greatest, and the latest `keptChanges` of them with their sign. */
  seen: Int32Array
  usual: Float64Array
  record: Float64Array
  past: Float32Array
  /** By scale: the latest change, not yet part of what is usual; NaN for none. */
  waiting: Float64Array
  /** By scale: evidence and threshold at the latest look; 0 before. */
  logE: Float64Array
  threshold: Float64Array
}

export interface Unusual {
  scale: number
  rows: number
  before: number
  after: number
  logE: number
  threshold: number
  /** The greatest change before it at its scale. */
  record: number
}

export const blockRows = 16
/** Scales of a change, in blocks: 16 to 512 rows. */
export const scales = [1, 2, 4, 8, 16, 32] as const
const reach = 4
const ringBlocks = (reach + 1) * 32
const margin = 1.25
/** Past changes before a scale is judged. */
const fewestSeen = 16
/** The mean size of changes forgets beyond so many, and counts none for more than thrice itself. */
const mostSeen = 256
export const keptChanges = 64
/** What a look shows at most of a change that is no record: half of the way to an alarm (evidence/share). */
const noRecord = Math.LN10

export const startChanges = (): Changes => ({
  sums: new Float64Array(ringBlocks),
  counts: new Float64Array(ringBlocks),
  blocks: 0,
  since: 0,
  seen: new Int32Array(scales.length),
  usual: new Float64Array(scales.length),
  record: new Float64Array(scales.length),
  past: new Float32Array(scales.length * keptChanges).fill(Number.NaN),
  waiting: new Float64Array(scales.length).fill(Number.NaN),
  logE: new Float64Array(scales.length),
  threshold: new Float64Array(scales.length),
})

/** Closes a block. */
export function addBlock(changes: Changes, sum: number, count: number): void {
  const slot = changes.blocks % ringBlocks
  changes.sums[slot] = sum
  changes.counts[slot] = count
  changes.blocks++
}

/** Is scale `s` looked at now? The larger ones every quarter of themselves. */
export const isDue = (changes: Changes, s: number): boolean =>
  changes.blocks % Math.max(1, (scales[s] as number) / 4) === 0

/** The latest change at scale `s`: means before and after; null while there are too few rows. */
export function changeAt(changes: Changes, s: number): { before: number; after: number } | null {
  const n = scales[s] as number
  const m = Math.min(reach * n, changes.blocks - changes.since - n)
  if (m < n) return null
  const after = meanOf(changes, changes.blocks - n, changes.blocks)
  const before = meanOf(changes, changes.blocks - n - m, changes.blocks - n)
  return Number.isFinite(after - before) ? { before, after } : null
}

function meanOf({ sums, counts }: Changes, from: number, to: number): number {
  let sum = 0
  let count = 0
  for (let b = from; b < to; b++) {
    sum += sums[b % ringBlocks] as number
    count += counts[b % ringBlocks] as number
  }
  return count >= ((to - from) * blockRows) / 2 ? sum / count : Number.NaN
}

/**
 * Judges the latest change at scale `s`, which may spend `mass`. Once every n rows it becomes part of what is usual, n rows late: a change is at its
 * greatest n rows after it began, and what was seen of it on the way must not be the record that it has to beat.
 */
export function judgeChange(changes: Changes, s: number, mass: number): Unusual | null {
  const change = changeAt(changes, s)
  if (!change) return null
  const signed = change.after - change.before
  const size = Math.abs(signed)
  const seen = changes.seen[s] as number
  const record = changes.record[s] as number
  let unusual: Unusual | null = null
  if (seen >= fewestSeen && mass > 0) {
    const known = Math.min(mostSeen, seen)
    const logE = improbability(size / spreadOf(changes.usual[s] as number, record, known), known)
    const threshold = -Math.log(mass)
    const greatest = isRecord(changes, s, size)
    if (greatest && logE >= threshold)
      unusual = { scale: s, rows: (scales[s] as number) * blockRows, ...change, logE, threshold, record }
    changes.logE[s] = greatest ? logE : Math.min(logE, threshold - noRecord)
    changes.threshold[s] = threshold
  }
  if (!unusual && changes.blocks % (scales[s] as number) === 0) {
    const waited = changes.waiting[s] as number
    if (!Number.isNaN(waited)) learn(changes, s, waited)
    changes.waiting[s] = signed
  }
  return unusual
}

/** Greater, by a quarter, than every change before it at this scale? */
export const isRecord = ({ record }: Changes, s: number, size: number): boolean => size > margin * (record[s] as number)

function learn(changes: Changes, s: number, signed: number): void {
  const size = Math.abs(signed)
  const seen = (changes.seen[s] as number) + 1
  const usual = changes.usual[s] as number
  changes.past[s * keptChanges + (seen % keptChanges)] = signed
  changes.seen[s] = seen
  changes.usual[s] = usual + (Math.min(size, seen > 4 ? 3 * usual : size) - usual) / Math.min(mostSeen, seen)
  changes.record[s] = Math.max(changes.record[s] as number, size)
}

/** A change was reported: what lies before it is no longer compared with, and it counts as a record, of at most twice the last one: no fault blinds the unit for good. */
export function settleChange(changes: Changes, unusual: Unusual | null): void {
  changes.since = changes.blocks
  changes.waiting.fill(Number.NaN)
  changes.logE.fill(0)
  changes.threshold.fill(0)
  if (!unusual) return
  const { scale, record } = unusual
  changes.record[scale] = Math.max(record, Math.min(2 * record, Math.abs(unusual.after - unusual.before)))
}

/** It varies so many times as much at the level that it was taken on at. */
export function widenChanges({ usual, record, past }: Changes, by: number): void {
  for (let i = 0; i < past.length; i++) past[i] = (past[i] as number) * by
  for (let s = 0; s < scales.length; s++) {
    usual[s] = (usual[s] as number) * by
    record[s] = (record[s] as number) * by
  }
}
