import { expect, it } from 'vitest'
import { suspicionOfCopy } from './copy-suspicion'

it('goes with the chance that the group is a flood: half at four nats, nearly all long before an alarm', () => {
  const mass = 1e-6
  const at = (nats: number) => suspicionOfCopy(mass * Math.exp(nats), mass, false)
  // .95/(1 + e^(4 − nats))
  expect(at(0)).toBeCloseTo(0.0171, 4)
  expect(at(4)).toBeCloseTo(0.475, 4)
  expect(at(10)).toBeCloseTo(0.9477, 4)
  expect(suspicionOfCopy(0, mass, false)).toBe(0)
  expect(suspicionOfCopy(0, 0, false)).toBe(0)
})

it('is settled once the group is accused', () => {
  expect(suspicionOfCopy(0, 1e-6, true)).toBe(0.97)
})
