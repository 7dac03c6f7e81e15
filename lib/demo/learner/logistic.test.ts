import { expect, it } from 'vitest'
import { slotOf } from './hashed'
import { learnRow, probability, startLogistic } from './logistic'

it('takes the gradient step that a hand calculation gives', () => {
  const model = startLogistic()
  const input = { slots: [slotOf('a'), slotOf('b')], values: [2, -1] }
  expect(probability(model, input)).toBe(0.5)
  // target 1, said .5: error .5; weights .1 · .5 · (2, −1) = (.1, −.05), bias .1 · .5 = .05
  learnRow(model, 1, 0.1, [input, 0.1])
  expect(model.weights[slotOf('a')]).toBeCloseTo(0.1, 12)
  expect(model.weights[slotOf('b')]).toBeCloseTo(-0.05, 12)
  // .05 + 2 · .1 + .05 = .3; 1 / (1 + e^−.3) = .574443
  expect(probability(model, input)).toBeCloseTo(0.574443, 6)
})
