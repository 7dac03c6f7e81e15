import { expect, test } from 'vitest'
import { run } from '@/lib/detect/poison/label-flip/run'
import { startUnits, touch } from '@/lib/detect/poison/label-flip/units'

test('a flood of new names pushes out the idle and clean, never a unit with evidence', () => {
  const units = startUnits()
  const evident = touch(units, 'origin', 'attacker', 'vendor', 0, 100)
  if (!evident) throw new Error('no place')
  evident.runs = new Float64Array(18)
  evident.runs[run.gain] = 3
  touch(units, 'origin', 'honest', 'vendor', 1, 100)
  for (let i = 0; i < 50_000; i++) {
    touch(units, 'origin', `flood-${i}`, 'vendor', i + 2, 100)
    if (i % 60 === 0) touch(units, 'origin', 'honest', 'vendor', i + 2, 100)
  }
  expect(units.byId.size).toBe(100)
  expect(units.byId.get('attacker')).toBe(evident)
  // It kept writing, so it was never idle longest.
  expect(units.byId.get('honest')?.firstIndex).toBe(1)
  expect(units.refused).toBe(0)
})

test('when every place has evidence, a newcomer gets none', () => {
  const units = startUnits()
  for (let i = 0; i < 10; i++) {
    const unit = touch(units, 'origin', `bad-${i}`, 'vendor', i, 10)
    if (unit) unit.accused = true
  }
  expect(touch(units, 'origin', 'new', 'vendor', 10, 10)).toBeNull()
  expect([...units.byId.keys()].filter((id) => id.startsWith('bad'))).toHaveLength(10)
})
