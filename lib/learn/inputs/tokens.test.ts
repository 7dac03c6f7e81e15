import { expect, test } from 'vitest'
import { tokenHashes, tokens } from '@/lib/learn/inputs/tokens'

test('folds case and compatibility forms, and keeps every script and sign', () => {
  expect(tokens('ＦＲＥＥ entry! Win £100')).toEqual(['free', 'entry', '!', 'win', '£', '100'])
  expect(tokens('Ёлка 한국어 naïve')).toEqual(['ёлка', '한국어', 'naïve'])
})

test('reads scripts without blanks between words letter by letter, and other words among them whole', () => {
  expect(tokens('東京opal7です、 naïve')).toEqual(['東', '京', 'opal7', 'で', 'す', '、', 'naïve'])
  expect(tokens('ไปที่')).toEqual(['ไ', 'ป', 'ที่'])
})

test('survives lone surrogates, nothing at all and very long texts', () => {
  expect(tokens('\ud83d a')).toContain('a')
  expect(tokens(' \n ')).toEqual([])
  expect(tokens('word '.repeat(100_000))).toHaveLength(400)
})

test('reads plain ASCII as it reads any text', () => {
  const ascii = Array.from(
    { length: 128 },
    (_, code) => `${String.fromCharCode(code)}aB_9${String.fromCharCode(code)}`,
  ).join('')
  expect(tokens(ascii)).toEqual(tokens(`${ascii} é`).slice(0, -1))
  expect(tokens(ascii).length).toBeGreaterThan(100)
})

test('hashes each token once, for all who ask', () => {
  const hashes = Array.from(tokenHashes('one two one').subarray(0, 3))
  expect(hashes[0]).toBe(hashes[2])
  expect(hashes[0]).not.toBe(hashes[1])
})
