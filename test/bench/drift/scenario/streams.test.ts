import { describe, expect, it } from 'vitest'
import { decodeObject } from '@/lib/event/decode'
import { scenarios } from '.'

interface Line {
  readonly type: string
  readonly data: { readonly model: string; readonly features: Record<string, unknown> }
}
const linesOf = (name: string, seed: string) => scenarios.find((s) => s.name === name)?.make(seed)

describe('made streams', () => {
  it('are the same for the same seed and others for another', () => {
    const [one, again, other] = ['t-1', 't-1', 't-2'].map((seed) => linesOf('feature-outage', seed))
    expect(JSON.stringify(again)).toBe(JSON.stringify(one))
    expect(other?.truths).not.toEqual(one?.truths)
  })

  it('hold valid events alone, and have unique names', () => {
    for (const name of ['category-recoded', 'embedding-mix', 'text-language', 'disordered-outage', 'stream-stagger'])
      expect(
        linesOf(name, 't-1')?.lines.filter((line, i) => i % 10 === 0 && !decodeObject(structuredClone(line)).ok),
      ).toEqual([])
    expect(new Set(scenarios.map((s) => s.name)).size).toBe(scenarios.length)
  })

  it.each(['feature-outage', 'disordered-outage'])('%s: the truth begins at the first affected line', (name) => {
    const stream = linesOf(name, 't-1')
    const truth = stream?.truths[0]
    const missing = ((stream?.lines ?? []) as Line[]).findIndex(
      ({ type, data }) => type === 'ml.prediction.v1' && data.features[truth?.subject.feature ?? ''] === null,
    )
    expect(missing).toBe(truth?.from)
  })
})
