import { expect, it } from 'vitest'
import { multiple, multipleWords } from './evidence'

const past = (times: number) => ({ logE: 9.2 + Math.log(times), threshold: 9.2 })

it('says how many times what the promise asks', () => {
  expect([1.02, 3.21, 42, 1234, 5e8].map((m) => multiple(past(m)))).toEqual(['1.0', '3.2', '42', '1.2k', 'over 1M'])
  expect(multipleWords(past(3.21))).toBe('3.2 times the evidence that the promise asks')
  expect(multipleWords(past(1.02))).toBe('just the evidence that the promise asks')
})
it('stays finite however strong the evidence is', () => expect(multiple({ logE: 4000, threshold: 9 })).toBe('over 1M'))
