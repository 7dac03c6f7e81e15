import { expect, test } from 'vitest'
import { tokens } from '@/lib/learn/inputs/tokens'

test('folds case and compatibility forms, and keeps every script and sign', () => {
  expect(tokens('ＦＲＥＥ entry! Win £100')).toEqual(['free', 'entry', '!', 'win', '£', '100'])
  expect(tokens('Ёлка 中文 naïve')).toEqual(['ёлка', '中文', 'naïve'])
})

test('survives lone surrogates, nothing at all and very long texts', () => {
  expect(tokens('\ud83d a')).toContain('a')
  expect(tokens(' \n ')).toEqual([])
  expect(tokens('word '.repeat(100_000))).toHaveLength(400)
})
