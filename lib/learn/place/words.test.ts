import { expect, it } from 'vitest'
import { wordsKept, wordsOf } from './words'

const some = (text: string | undefined) => {
  const out = new Int32Array(wordsKept)
  return [...out.subarray(0, wordsOf(text, out))]
}
const many = Array.from({ length: 60 }, (_, i) => `word${i}`)

it('keeps each word once, in whatever order they come', () => {
  expect(some('a b c b a')).toHaveLength(3)
  expect(some('c a b')).toEqual(some('a b c b a'))
  expect(some(undefined)).toEqual([])
})

it('keeps of a long text those whose hashes are least, so that texts which share words share what is kept', () => {
  const all = some(many.join(' '))
  expect(all).toHaveLength(wordsKept)
  expect([...all].sort((a, b) => a - b)).toEqual(all)
  const most = some(many.slice(0, 50).join(' '))
  expect(most.filter((word) => all.includes(word)).length).toBeGreaterThanOrEqual(10)
})
