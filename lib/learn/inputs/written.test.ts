import { expect, it } from 'vitest'
import { tokens } from './tokens'
import { written } from './written'

const span = (text: string, from: number, to: number) => written(text, tokens(text), from, to)

it('gives words as the text writes them', () => {
  expect(span('Call 4471-9902, now', 1, 3)).toBe('4471-9902')
  expect(span('das Straßenbahn-Depot, Übung!', 1, 3)).toBe('Straßenbahn-Depot')
  expect(span('東京opal7です', 1, 3)).toBe('京opal7で')
})

it('gives the tokens where folding makes more of one letter', () => {
  expect(span('a ½ cup', 1, 3)).toBe('1 ⁄ 2')
  expect(span('™ x y', 1, 2)).toBe('x y')
})
