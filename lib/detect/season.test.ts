import { expect, it } from 'vitest'
import { addToSeason, startSeason } from '@/lib/detect/season'
import type { EventOf } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** Cells that are decided on for nine columns, four of which follow the day, when the first 2,000 rows span so many hours. */
function cellsOf(seed: string, hours: number, amplitude: number): number {
  const season = startSeason('auto', 2000)
  for (let row = 0; row < 12_000 && Number.isNaN(season.cells); row++) {
    const timeMs = (row * hours * 3_600_000) / 2000
    const phase = (2 * Math.PI * timeMs) / 86_400_000
    const features: Record<string, number> = {}
    for (let column = 0; column < 9; column++) {
      const shift = 6.28 * hashUniform(`${seed} shift`, column)
      const day = Math.sin(phase + shift) + 0.4 * Math.sin(2 * phase + shift)
      const noise = normalQuantile(Math.max(1e-9, hashUniform(`${seed} ${column}`, row)))
      features[`x${column}`] = noise + (column < 4 ? amplitude * day : 0)
    }
    const data = { model: 'made', version: 'v1', features, prediction: 'yes' }
    const event: EventOf<'ml.prediction.v1'> = {
      type: 'ml.prediction.v1',
      id: `p-${row}`,
      source: '/made',
      timeMs,
      data,
    }
    addToSeason(season, event)
  }
  return season.cells
}

it('finds a day whatever part of it the first rows hold: half of one, one, one and a half, three', () => {
  for (const hours of [12, 20, 28, 33, 36, 39, 41, 72]) expect([hours, cellsOf('day', hours, 0.7)]).toEqual([hours, 48])
})

it('finds none where there is none', () => {
  for (const seed of ['a', 'b']) for (const hours of [12, 36, 72]) expect(cellsOf(seed, hours, 0)).toBe(1)
})
