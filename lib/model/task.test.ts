import { expect, it } from 'vitest'
import { addNumber, addValue, emptySketch } from '@/lib/stats/sketch'
import { taskOf } from './task'

const sketchOf = (values: readonly (number | string | boolean)[]) => {
  const sketch = emptySketch()
  for (const value of values) addValue(sketch, value)
  return sketch
}

it('takes names and a few numbers for classes', () => {
  expect(taskOf(sketchOf(['ham', 'spam', 'ham']))).toBe('classification')
  expect(taskOf(sketchOf([true, false]))).toBe('classification')
  expect(taskOf(sketchOf(Array.from({ length: 500 }, (_, i) => i % 10)))).toBe('classification')
})
it('takes many distinct numbers for a quantity, though some rows carry a name', () => {
  const sketch = sketchOf(['n/a', 'n/a'])
  for (let i = 0; i < 300; i++) addNumber(sketch, 12 + i / 7)
  expect(taskOf(sketch)).toBe('regression')
})
