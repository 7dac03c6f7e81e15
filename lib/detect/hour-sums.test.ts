import { describe, expect, it } from 'vitest'
import { framesOf, startFrame } from '@/lib/detect/frame'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

const hourMs = 3_600_000
const rows = 4000
/** Cells of the season that rows of two regions make, `apart` hours from one another, over four days. */
function cellsOf(swing: number, apart: number): number {
  const frame = framesOf(startFrame({}))
  let cells = Number.NaN
  for (let t = 0; t < rows; t++) {
    const region = hashUniform('region', t) < 0.5 ? 'here' : 'there'
    const timeMs = 1_740_000_000_000 + (t * 96 * hourMs) / rows
    const phase = (2 * Math.PI * (timeMs / hourMs + (region === 'there' ? apart : 0))) / 24
    const features = { x: swing * Math.sin(phase) + hashUniform('x', t), y: hashUniform('y', t) }
    const event = { type: 'ml.prediction.v1', timeMs, data: { features, segment: { region } } }
    cells = frame({ event, index: t } as unknown as Arrival).cells
  }
  return cells
}

describe('the season of a model whose segments have a noon of their own', () => {
  it('is found in one of them, where together they hide it', () => {
    expect(cellsOf(1, 12)).toBe(48)
    expect(cellsOf(1, 0)).toBe(48)
  })

  it('is none where nothing follows the hours', () => {
    expect(cellsOf(0, 12)).toBe(1)
  })
})
