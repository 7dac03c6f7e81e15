import { describe, expect, it } from 'vitest'
import { decodeObject } from '@/lib/event/decode'
import { makeStream, names } from './scenario'

const some = [
  'tabular/flip-2%',
  'text/trigger-phrase-40',
  'ratings/shill-push',
  'embedding/clean-label',
  'crowd/flip-labeler',
]

describe('streams of the bench', () => {
  it('have names of their own', () => {
    expect(new Set(names).size).toBe(names.length)
  })

  it('are the same for the same seed and others for another', () => {
    const [one, again, other] = ['t-1', 't-1', 't-2'].map((seed) => makeStream('tabular/flip-2%', seed))
    expect(JSON.stringify(again?.lines)).toBe(JSON.stringify(one?.lines))
    expect(other?.told).not.toEqual(one?.told)
  })

  it.each(some)('%s: valid events, each once; the attack begins with its first row', (name) => {
    const stream = makeStream(name, 't-1')
    if (!stream) throw new Error('not made')
    expect(stream.lines.filter((line, i) => i % 20 === 0 && !decodeObject(structuredClone(line)).ok)).toEqual([])
    const ids = stream.lines.map((line) => `${(line as Line).source} ${(line as Line).id}`)
    expect(new Set(ids).size).toBe(ids.length)
    expect(stream.told?.from).toBe(stream.lines.findIndex((line) => stream.bad.has((line as Line).id)))
    expect(stream.badLines.length).toBe(stream.told?.rows.length)
  })

  it('places rows that were taken away where they would have come', () => {
    const stream = makeStream('tabular/deletion-all', 't-1')
    const { told, lines } = stream as NonNullable<typeof stream>
    const isThere = (line: object) => {
      const { features, segment } = (line as Line).data
      const { feature, value } = told?.place ?? { feature: '', value: '' }
      return (line as Line).type === 'ml.training.v1' && (features[feature] === value || segment?.[feature] === value)
    }
    expect(lines.slice(0, told?.from).some(isThere)).toBe(true)
    expect(lines.slice(told?.from).some(isThere)).toBe(false)
  })
})

interface Line {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly data: { readonly features: Record<string, unknown>; readonly segment?: Record<string, unknown> }
}
