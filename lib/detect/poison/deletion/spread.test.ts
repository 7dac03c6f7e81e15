import { describe, expect, it } from 'vitest'
import type { TrainingData } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { addToClumps, startClumps } from './clumps'
import {
  addBlock,
  addToPool,
  blockRows,
  endingLengths,
  lengths,
  poolNumbers,
  spreadNumbers,
  unevenness,
} from './spread'

/** Unevenness by length of a stratum of which so many rows came in each block of 32, where `due` were due. @param others the same of another of its key. */
function unevennessOf(came: readonly number[], due: number, others: readonly number[] = []): number[] {
  const pool = new Float64Array(poolNumbers)
  const numbersOf = (counts: readonly number[]) => {
    const numbers = new Float64Array(spreadNumbers)
    const variance = due * (1 - due / blockRows)
    for (const [block, n] of counts.entries()) addBlock(numbers, 0, n - due, variance, endingLengths(block), false)
    addToPool(pool, 0, numbers, 0)
    return numbers
  }
  const own = numbersOf(came)
  if (others.length) numbersOf(others)
  const out = new Float64Array(lengths)
  unevenness(own, 0, pool, 0, 1, out)
  return [...out]
}

/** Rows of a stratum of a fourth, by chance. */
const byChance = (blocks: number, seed: string) =>
  Array.from({ length: blocks }, (_, b) => {
    let n = 0
    for (let row = 0; row < blockRows; row++) if (hashUniform(seed, blockRows * b + row) < 0.25) n++
    return n
  })

describe('how unevenly a stratum comes', () => {
  it('is about 1 for rows by chance', () => {
    for (const ratio of unevennessOf(byChance(512, 'a'), 8)) expect(ratio).toBeLessThan(1.6)
  })

  it('is much at short lengths and little at long ones for a daily round', () => {
    // Two blocks of 16, two of none: (8² ÷ 6) = 10.7 for one block, (16² ÷ 24) = 10.7 at most for four, 0 for what is whole rounds.
    const ratios = unevennessOf(
      Array.from({ length: 512 }, (_, b) => (b % 4 < 2 ? 16 : 0)),
      8,
    )
    expect(ratios[0]).toBeGreaterThan(10)
    expect(ratios[1]).toBeLessThan(2)
  })

  it('leans on the other strata of the key while it has few blocks itself', () => {
    const bursts = Array.from({ length: 512 }, (_, b) => (b % 64 < 32 ? 14 : 2))
    const few = byChance(128, 'b')
    expect(unevennessOf(few, 8, bursts)[0]).toBeGreaterThan(2 * (unevennessOf(few, 8)[0] as number))
  })
})

describe('clumps', () => {
  const effect = (rows: number, textOf: (row: number) => string) => {
    const clumps = startClumps()
    for (let row = 0; row < rows; row++) addToClumps(clumps, { text: textOf(row) } as TrainingData)
    return clumps.effect
  }

  it('are what comes several times and never again', () => {
    expect(effect(8192, (row) => `question ${Math.floor(row / 4)}`)).toBe(4)
  })

  it('are not what was there all along', () => {
    expect(effect(8192, (row) => `question ${row % 40}`)).toBe(1)
  })
})
