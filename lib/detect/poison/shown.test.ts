import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { noteShown, type Shown, suspicionByShown } from './shown'

const judged = { ...emptyJudgement(), classes: 2, favourite: 0, disagree: 0.2 }

/** What a source has shown that is wrong in a share of its rows, where a fifth is expected. */
function shownBy(wrong: number, rows: number): Shown | undefined {
  const sources = new Map<string, Shown>()
  for (let i = 0; i < rows; i++) noteShown(sources, 'a', judged, hashUniform('shown', i) < wrong ? 1 : 0)
  return sources.get('a')
}

it('suspects the rows of who is wrong oftener than expected, the unlikely ones first', () => {
  const shown = shownBy(0.6, 100)
  const [odd, usual] = [0.02, 0.9].map((p) => suspicionByShown(shown, p, false)) as [number, number]
  expect(odd).toBeGreaterThan(0.5)
  expect(usual).toBeLessThan(0.1)
  expect(suspicionByShown(shown, 0.02, true)).toBeGreaterThan(suspicionByShown(shown, 0.5, true))
})

it('says nothing of a stranger, of few rows, and of who is as often wrong as expected', () => {
  expect(suspicionByShown(undefined, 0.01, false)).toBe(0)
  expect(suspicionByShown(shownBy(1, 1), 0.01, false)).toBe(0)
  expect(suspicionByShown(shownBy(0.2, 400), 0.01, false)).toBeLessThan(0.2)
})

it('keeps so many sources', () => {
  const sources = new Map<string, Shown>()
  for (let i = 0; i < 10_050; i++) noteShown(sources, `s-${i}`, judged, 0)
  expect(sources.size).toBe(10_000)
})
