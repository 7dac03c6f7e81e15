import { expect, test } from 'vitest'
import { addLabel, addPrediction, startOpenPredictions } from '@/lib/detect/drift/open-predictions'
import { hashUniform } from '@/lib/stats/hash-uniform'

test('joins as a plain map of the open predictions would, oldest out, whatever order ids come in', () => {
  const most = 37
  const open = startOpenPredictions(most)
  const plain = new Map<string, number>()
  const ring: string[] = []
  const early = new Set<string>()
  let joins = 0
  let made = 0
  for (let t = 0; t < 20_000; t++) {
    const id = `id ${Math.floor(hashUniform('id', t) * 120)}`
    if (hashUniform('what', t) < 0.6) {
      const joined = addPrediction(open, id, t, t, t)
      expect(joined !== null).toBe(early.delete(id))
      if (joined) continue
      const place = made++ % most
      const gone = ring[place]
      if (gone !== undefined && plain.get(gone) !== undefined && (plain.get(gone) as number) === made - 1 - most)
        plain.delete(gone)
      ring[place] = id
      plain.set(id, made - 1)
      open.line[place] = made - 1
    } else {
      const joined = addLabel(open, id, 'x')
      expect(joined?.line).toBe(plain.get(id))
      if (plain.delete(id)) joins++
      else early.add(id)
    }
  }
  expect(joins).toBeGreaterThan(1000)
})
