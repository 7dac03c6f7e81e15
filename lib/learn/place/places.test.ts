import { expect, it } from 'vitest'
import { conditionOf, nameOf } from '@/lib/detect/poison/attribute/condition'
import type { Features } from '@/lib/event/types'
import { isCategory, placesKept, placesOf, startPlaces } from './places'

const out = new Int32Array(placesKept)

/** What the places of a row are called, after 300 rows like it. */
function namesAfter(row: (i: number) => Features): (string | null)[] {
  const places = startPlaces()
  for (let i = 0; i < 300; i++) placesOf(places, row(i), undefined, out)
  const count = placesOf(places, row(7), undefined, out)
  return [...out.subarray(0, count)].map((place) => nameOf(places, [conditionOf(place)]))
}

it('takes a number of few values for a category: one row in fifty of a flag is a place of its own', () => {
  const places = startPlaces()
  const row = (i: number): Features => ({ vip: i % 50 === 7 ? 1 : 0, amount: i * 0.37, level: 1 + (i % 6) })
  for (let i = 0; i < 300; i++) placesOf(places, row(i), undefined, out)
  expect(placesOf(places, row(7), undefined, out)).toBe(3)
  expect(nameOf(places, [conditionOf(out[0] as number)])).toBe('vip=1')
  expect(nameOf(places, [conditionOf(out[2] as number)])).toBe('level=2')
  expect(isCategory(out[1] as number)).toBe(false)
  // Seven values are a scale.
  expect(namesAfter((i) => ({ stars: i % 7 }))).toEqual(['stars=0…1'])
})

it('keeps the categories of a row with more features than places', () => {
  const numbers = Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`x${k}`, k]))
  const names = namesAfter((i) => ({
    ...Object.fromEntries(Object.keys(numbers).map((name, k) => [name, ((i * 7919 + k * 104_729) % 1000) / 10])),
    channel: 'fax',
    tier: i % 4,
  }))
  expect(names).toHaveLength(placesKept)
  expect(names.slice(0, 2)).toEqual(['channel=fax', 'tier=3'])
  expect(names[2]).toMatch(/^x0=/)
})
