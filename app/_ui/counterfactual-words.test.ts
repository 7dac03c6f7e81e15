import { expect, it } from 'vitest'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import { changeWords, figureWords, isCertain } from './counterfactual-words'

const told: Counterfactual = {
  metric: 'recall',
  class: 'spam',
  with: 0.9102,
  without: 0.9421,
  ci: [0.92, 0.953],
  gain: { value: 0.0319, ci: [0.012, 0.052] },
  n: 410,
  golden: true,
  removed: 104,
  share: 0.02,
  loss: [0.21, 0.18],
}

it('says what a figure is without the rows, and on which rows', () => {
  expect(figureWords(told)).toBe('golden recall of spam')
  expect(changeWords(told)).toBe('.91 → .94 (.92–.95)')
  expect(isCertain(told)).toBe(true)
  const { class: _name, ...rest } = told
  expect(figureWords({ ...rest, metric: 'accuracy', golden: false, slice: 'region=eu' })).toBe(
    'accuracy where region=eu, on rows of the others',
  )
  expect(isCertain({ ...told, gain: { value: 0, ci: [-0.01, 0.01] } })).toBe(false)
})
