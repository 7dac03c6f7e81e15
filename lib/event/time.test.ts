import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatTime, parseTime } from './time'

describe('RFC 3339', () => {
  it('agrees with the platform on every instant from year 0 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (ms) => {
        const written = formatTime(ms)
        expect(Date.parse(written)).toBe(ms)
        expect(parseTime(written)).toBe(ms)
      }),
    )
  })

  it('reads offsets, fractions, lower case and a leap second', () => {
    expect(parseTime('2026-11-01T09:30:00Z')).toBe(Date.UTC(2026, 10, 1, 9, 30))
    expect(parseTime('2026-11-01T09:30:00.1239+10:00')).toBe(Date.UTC(2026, 9, 31, 23, 30, 0, 123))
    expect(parseTime('2026-11-01t09:30:00z')).toBe(Date.UTC(2026, 10, 1, 9, 30))
    expect(parseTime('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1))
  })

  it.each([
    '2026-11-01',
    '2026-11-01T09:30:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    'yesterday',
    '',
  ])('refuses %j', (text) => expect(parseTime(text)).toBeNull())
})

it('the usual form is read as any other is', () => {
  for (let i = 0; i < 5000; i++) {
    const text = new Date(Math.floor((i - 1000) * 8.64e9 * 1.7321 + i * 1234.5678)).toISOString()
    if (text.length !== 24) continue
    expect(parseTime(text)).toBe(Date.parse(text))
    expect(parseTime(text.replace('Z', '+00:00'))).toBe(Date.parse(text))
    expect(parseTime(`${text.slice(0, 19)}Z`)).toBe(Date.parse(`${text.slice(0, 19)}Z`))
  }
  for (const wrong of [
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-1a-01T00:00:00Z',
    '2026-11-01T00:00:00.1x3Z',
    '2026-11-01T24:00:00Z',
    '2026/11/01T00:00:00Z',
  ])
    expect(parseTime(wrong)).toBeNull()
})
