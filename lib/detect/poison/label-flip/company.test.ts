import { expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { accuseTogether, companyOf } from '@/lib/detect/poison/label-flip/company'
import { suspect } from '@/lib/detect/poison/label-flip/suspects'
import { startUnit, type Unit } from '@/lib/detect/poison/label-flip/unit'
import { startUnits } from '@/lib/detect/poison/label-flip/units'

const unitOf = (number: number, more: Partial<Unit> = {}): Unit => ({
  ...startUnit('origin', `vendor-${number}`, 'vendor', number, 0),
  ...more,
})
const push = {
  kind: 'origin',
  number: 0,
  bet: 0,
  onsetIndex: 1000,
  onsetTimeMs: 0,
  rows: 40,
  hits: 30,
  expected: 4,
  effect: 0.65,
} as const
const worldOf = (joined: [number, number][]) =>
  ({ says: 'apart', sum: -50, rows: 900, sources: 9, joined: new Map(joined), hitRate: 0.1 }) as const

function feed(...others: Unit[]) {
  const units = startUnits()
  for (const unit of [unitOf(0, { accused: true, accusedSince: 1000 }), ...others]) units.byId.set(unit.id, unit)
  return units
}

it('those who show the push beyond chance, and those accused since about the same line', () => {
  const suspicious = { runs: Float64Array.of(5, 1000, 0, 40, 30, 4) }
  const units = feed(
    unitOf(1, suspicious),
    unitOf(2, suspicious),
    unitOf(5),
    unitOf(3, { accused: true, accusedSince: 1300 }),
    unitOf(4, { accused: true, accusedSince: 100 }),
  )
  // Of six origins: ln(6 / .01) = 6.4 nats; and the last has nothing against itself.
  const company = companyOf(
    units.byId.get('vendor-0') as Unit,
    units,
    push,
    worldOf([
      [1, 6.5],
      [2, 6.3],
    ]),
  )
  expect(company.map(({ id }) => id)).toEqual(['vendor-1', 'vendor-3'])
})

it('are accused together, with the rows that were not yet said', () => {
  const row = { timeMs: 0, y: 1, suspicion: 0.9, partner: -1 }
  const [first, fresh, known] = [unitOf(0), unitOf(1), unitOf(2, { accused: true, accusedSince: 1000 })]
  suspect(first, { ...row, id: 'a', index: 1001 }, 100)
  suspect(fresh, { ...row, id: 'b', index: 1002, suspicion: 0.95 }, 100)
  suspect(fresh, { ...row, id: 'before', index: 10 }, 100)
  suspect(known, { ...row, id: 'said', index: 1003 }, 100)
  const alarm = {
    kind: 'poison.label_flip',
    subject: { origin: 'vendor-0', eventIds: ['a'] },
    why: 'x',
  } as unknown as Alarm
  const together = accuseTogether(alarm, { ...first, pushes: -1 }, [fresh, known], push, ['no', 'yes'])
  expect(together).toMatchObject({
    kind: 'poison.availability',
    subject: { origins: ['vendor-0', 'vendor-1', 'vendor-2'], eventIds: ['b', 'a'] },
  })
  expect(fresh).toMatchObject({ accused: true, accusedSince: 1000 })
})
