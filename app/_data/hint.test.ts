import { expect, it } from 'vitest'
import { parseHint, touches } from './hint'

it('reads a hint and takes nothing else for one', () => {
  expect(parseHint('{"model":"spam","what":["alert"]}')).toEqual({ model: 'spam', what: ['alert'] })
  expect(['', 'null', '{', '3'].map(parseHint)).toEqual([null, null, null, null])
})
it('refreshes lists at every hint and a model only at its own', () => {
  expect(touches({ model: 'spam' }, '/api/v1/alerts?status=firing')).toBe(true)
  expect(touches({ model: 'spam' }, '/api/v1/models')).toBe(true)
  expect(touches({ model: 'spam' }, '/api/v1/models/spam/drift?from=x')).toBe(true)
  expect(touches({ model: 'spam' }, '/api/v1/models/rain')).toBe(false)
  expect(touches({ model: 'a b' }, '/api/v1/models/a%20b')).toBe(true)
})

it('leaves alone what is counted over stored events', () => {
  expect(touches({ model: 'rain' }, '/api/v1/models/rain/segments?feature=temp')).toBe(false)
  expect(touches({}, '/api/v1/models/rain/segments')).toBe(false)
})
