import { expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { startNewcomers, suspicionOfNewcomer } from './newcomers'

/** Rows of twenty old voices; from `from` on, one in so many comes from one of thirty that were never seen. @returns the suspicions, by whether it is of those. */
function play(rows: number, from: number, every: number, usualEvery = 0) {
  const state = startNewcomers()
  const old: number[] = []
  const fresh: number[] = []
  for (let i = 0; i < rows; i++) {
    const isFresh = i >= from && hashUniform('fresh', i) < 1 / every
    const isUsual = usualEvery > 0 && hashUniform('usual', i) < 1 / usualEvery
    const voice = isFresh ? 1_000_000 + Math.floor(hashUniform('who', i) * 30) : isUsual ? 10_000 + i : i % 20
    const suspicion = suspicionOfNewcomer(state, voice)
    ;(isFresh ? fresh : old).push(suspicion)
  }
  return { fresh, old, state }
}
const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length

it('half suspects those who come all at once where hardly anybody does', () => {
  const { fresh, old } = play(8000, 6000, 10)
  // A tenth of the rows of late, a fiftieth of those before by the end: half of 1 − 2·.011/.1 in the mean, and less as shares of 200 rows scatter.
  expect(mean(fresh)).toBeGreaterThan(0.35)
  expect(mean(fresh)).toBeLessThan(0.4)
  expect(Math.max(...fresh)).toBeLessThanOrEqual(0.5)
  expect(Math.max(...old)).toBe(0)
})

it('suspects nobody where newcomers are usual, nor anybody of the first rows', () => {
  const { fresh, old } = play(8000, 6000, 10, 4)
  expect(mean(fresh)).toBeLessThan(0.05)
  expect(mean(old)).toBeLessThan(0.02)
  expect(Math.max(...old.slice(0, 1000))).toBe(0)
})

it('remembers no more newcomers than it may', () => {
  const state = startNewcomers()
  for (let i = 0; i < 20_000; i++) suspicionOfNewcomer(state, i)
  expect(state.first.size).toBeLessThanOrEqual(16_384)
})
