import type { GoldenRow } from '@/lib/detect/detector'
import type { TrainingData } from '@/lib/event/types'
import type { Inputs, Row } from '@/lib/learn/inputs/encode'
import { tableBits } from '@/lib/learn/inputs/encode'
import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { hashUniform } from '@/lib/stats/hash-uniform'
import type { BadRow } from './bad-rows'

/** Rows that the learner took for what they are: a pattern is put into them where there is no golden set. A sample of all so far. */
export interface CanaryRows {
  rows: { row: Row; y: number }[]
  seen: number
}

const mostRows = 240
const longestText = 1500
const mostFeatures = 64
/** Golden rows of other classes that do without others. */
const enoughGolden = 30
const mostGolden = 400

export const startCanaryRows = (): CanaryRows => ({ rows: [], seen: 0 })

/** Keeps the row or not: each so far with the same chance. */
export function offerCanaryRow(kept: CanaryRows, data: TrainingData, y: number): void {
  const n = kept.seen++
  const at = n < mostRows ? n : Math.floor(hashUniform('canary row', n) * (n + 1))
  if (at >= mostRows) return
  const { text } = data
  const features = Object.fromEntries(Object.entries(data.features).slice(0, mostFeatures))
  kept.rows[at] = { row: { features, ...(text === undefined ? {} : { text: text.slice(0, longestText) }) }, y }
}

/** Rows of other classes, golden ones where there are enough. @param nameOf a golden label's class. */
export function canaryRowsOf(
  kept: CanaryRows,
  golden: readonly GoldenRow[],
  label: string,
  y: number,
): { rows: Row[]; isGolden: boolean } {
  const trusted = golden.filter((row) => row.label !== undefined && String(row.label) !== label)
  if (trusted.length >= enoughGolden) return { rows: trusted.slice(0, mostGolden), isGolden: true }
  return { rows: kept.rows.filter((row) => row.y !== y).map(({ row }) => row), isGolden: false }
}

const mask = (1 << tableBits) - 1

/** The learner's inputs of a kept bad row, as far as its words and values tell them. */
export function inputsOfBad({ words, values }: BadRow): Inputs {
  const weight = Math.min(1, Math.sqrt(25 / Math.max(1, words.length)))
  const found = new Map<number, number>()
  const add = (hash: number, value: number) => {
    const index = spread(hash) & mask
    if (!found.has(index)) found.set(index, value)
  }
  for (const [i, word] of words.entries()) {
    add(word, weight)
    if (i > 0) add(hashInt(words[i - 1] as number, word), 0.5 * weight)
  }
  for (const [i, value] of values.entries()) {
    add(value, 1)
    if (words.length === 0) for (const other of values.slice(0, i)) add(hashInt(other, value), 0.5)
  }
  return { count: found.size, index: Uint16Array.from(found.keys()), value: Float32Array.from(found.values()) }
}
