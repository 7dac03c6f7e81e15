import { type Hashed, slotCount, slotOf } from './hashed'

/** Logistic regression by stochastic gradient descent, one row at a time, at a constant rate: it never stops learning, good or bad. */
export interface Logistic {
  weights: Float64Array
}

const biasSlot = slotOf('bias')

export const startLogistic = (): Logistic => ({ weights: new Float64Array(slotCount) })

/** Probability of the second class. */
export function probability(model: Logistic, ...inputs: readonly Hashed[]): number {
  let sum = model.weights[biasSlot] ?? 0
  for (const { slots, values } of inputs)
    for (let at = 0; at < slots.length; at++) sum += (model.weights[slots[at] as number] ?? 0) * (values[at] as number)
  return 1 / (1 + Math.exp(-sum))
}

/** One step towards `target` (0 or 1); each input moves at its own rate. */
export function learnRow(
  model: Logistic,
  target: 0 | 1,
  biasRate: number,
  ...inputs: readonly [Hashed, number][]
): void {
  const error = target - probability(model, ...inputs.map(([input]) => input))
  model.weights[biasSlot] = (model.weights[biasSlot] ?? 0) + biasRate * error
  for (const [{ slots, values }, rate] of inputs)
    for (let at = 0; at < slots.length; at++) {
      const slot = slots[at] as number
      model.weights[slot] = (model.weights[slot] ?? 0) + rate * error * (values[at] as number)
    }
}
