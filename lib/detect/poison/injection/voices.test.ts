import { describe, expect, it } from 'vitest'
import { firstRows, isYoung, speak, startVoices, youngRows } from './voices'

const grow = (rows: number, voice: (t: number) => number, most?: { young: number; old: number }) => {
  const voices = startVoices()
  for (let t = 0; t < rows; t++) speak(voices, voice(t), isYoung(voices, voice(t), most))
  return voices
}

describe('voices', () => {
  it('are young from their first row after the start until they have been there for long', () => {
    const voices = grow(firstRows + 10, (t) => t % 5)
    expect(isYoung(voices, 3)).toBe(false)
    expect(isYoung(voices, 77)).toBe(true)
    for (let t = 0; t < youngRows; t++) speak(voices, t % 5, false)
    expect(isYoung(voices, 77)).toBe(false)
    expect(isYoung(voices, 78)).toBe(true)
  })

  it('cannot be made young again, nor aged, by a flood of names', () => {
    const most = { young: 100, old: 50 }
    const voices = grow(firstRows + 6000, (t) => (t < firstRows || t % 2 === 0 ? t % 5 : 1_000_000 + t), most)
    expect(voices.first.size).toBeLessThanOrEqual(100)
    expect(voices.old.size).toBeLessThanOrEqual(50)
    expect(isYoung(voices, 3, most)).toBe(false)
    expect(isYoung(voices, 1_000_000 + firstRows + 1, most)).toBe(true)
  })

  it('count shares of the last rows only', () => {
    const voices = grow(20_000, (t) => t % 4)
    expect(voices.long.get(1)).toBe(8192 / 4)
    expect(voices.short.get(1)).toBe(512 / 4)
  })
})
