import { expect, it } from 'vitest'
import { addValue, emptySketch } from '@/lib/stats/sketch'
import { breakDown, type Row } from './segment-parts'

const none = () => null
const rows = (region: string, plan: string, count: number): Row[] =>
  Array.from({ length: count }, () => ({ segment: { region }, value: plan }))
const reference = emptySketch()
for (const { value } of [...rows('north', 'basic', 700), ...rows('north', 'pro', 300)]) addValue(reference, value)

it('gives each value its share then and now, and its part in the movement; the parts add up to the whole', () => {
  // North stays at 70 % basic. South goes from 70 to 20 %. By hand: basic 700/1000 → 350 + 100 = 450/1000, so the whole moves by .25, all of it in the south.
  const then = [
    ...rows('north', 'basic', 350),
    ...rows('north', 'pro', 150),
    ...rows('south', 'basic', 350),
    ...rows('south', 'pro', 150),
  ]
  const now = [
    ...rows('north', 'basic', 350),
    ...rows('north', 'pro', 150),
    ...rows('south', 'basic', 100),
    ...rows('south', 'pro', 400),
  ]
  const { keys, moved } = breakDown(then, now, reference, (_, value) => (value === 'south' ? 1.2 : null))
  const [region] = keys
  expect(region?.key).toBe('region')
  expect(region?.mix).toBe(0)
  expect(region?.values.map((v) => v.value)).toEqual(['south', 'north'])
  const [south, north] = region?.values ?? []
  expect(south?.part).toBeCloseTo(0.25, 10)
  expect(north?.part).toBeCloseTo(0, 10)
  expect(south).toMatchObject({ rowsThen: 500, rowsNow: 500, shareThen: 0.5, shareNow: 0.5, evidence: 1.2 })
  expect(north?.effect).toBe(0)
  // .5 less what chance shows in 500 against 500, rescaled.
  expect(south?.effect).toBeGreaterThan(0.45)
  expect(moved).toBeGreaterThan(0.2)
  expect(moved).toBeLessThan(0.25)
})

it('tells a change of the mix from a change within', () => {
  const then = [...rows('north', 'basic', 500), ...rows('south', 'pro', 500)]
  const now = [...rows('north', 'basic', 800), ...rows('south', 'pro', 200)]
  const { keys, moved } = breakDown(then, now, null, none)
  expect(moved).toBeNull()
  expect(keys[0]?.mix).toBeGreaterThan(0.25)
  expect(keys[0]?.values).toEqual([
    expect.objectContaining({ value: 'north', shareThen: 0.5, shareNow: 0.8, effect: null, part: null }),
    expect.objectContaining({ value: 'south', shareThen: 0.5, shareNow: 0.2 }),
  ])
})

it('shows the largest values of a key and one for the rest, so that no row is lost', () => {
  const many = Array.from({ length: 100 }, (_, i) => rows(`r${i}`, 'basic', 100 - i)).flat()
  const [region] = breakDown(many, many, reference, none).keys
  expect(region?.values).toHaveLength(40)
  expect(region?.values.reduce((sum, v) => sum + v.rowsNow, 0)).toBe(many.length)
  expect(region?.values.find((v) => v.value === '(others)')?.rowsNow).toBeGreaterThan(0)
})
