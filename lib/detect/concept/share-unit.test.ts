import { describe, expect, it } from 'vitest'
import { shareOnset } from '@/lib/detect/concept/share-onset'
import { correctShare, shareIn, startShareUnit, watchShare } from '@/lib/detect/concept/share-unit'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** First row from 0 at which it alarms; mass 1 in 200,000. */
function alarmAt(
  side: 'up' | 'each' | 'calibration',
  code: (t: number, stratum: number) => number,
  rows = 4000,
): number {
  // Two strata with errors in 2 % and 30 % of a thousand rows each.
  const unit = startShareUnit(side, 2, Float64Array.of(980, 20, 700, 300))
  for (let t = 0; t < rows; t++) {
    const stratum = hashUniform('stratum', t) < 0.5 ? 0 : 1
    if (watchShare(unit, stratum, code(t, stratum), 1 / 200_000, hashUniform('u', t)) >= 1) return t
  }
  return -1
}
const draw = (t: number, p: number) => (hashUniform('code', t) < p ? 1 : 0)

describe('codes within strata', () => {
  it('knows nothing of a mix of strata, only of shares within them', () => {
    expect(alarmAt('up', (t, s) => draw(t, s === 0 ? 0.02 : 0.3))).toBe(-1)
  })

  it('finds errors that come where they never did much sooner than as many anywhere', () => {
    const sure = (t: number, s: number) => draw(t, s === 0 ? 0.22 : 0.3)
    const unsure = (t: number, s: number) => draw(t, s === 0 ? 0.02 : 0.5)
    expect([alarmAt('calibration', sure), alarmAt('calibration', unsure)]).toEqual([101, 169])
  })

  it('looks upwards only where it is told to', () => {
    const fewer = (t: number, s: number) => draw(t, s === 0 ? 0.02 : 0.1)
    expect([alarmAt('up', fewer), alarmAt('each', fewer)]).toEqual([-1, 147])
  })

  it('corrects a label without spending on it again', () => {
    const unit = startShareUnit('up', 2, Float64Array.of(90, 10))
    const total = watchShare(unit, 0, 1, 0.001, 0.5)
    correctShare(unit, 0, 1, 0)
    expect([...unit.counts]).toEqual([91, 10])
    expect(shareIn(unit, 0, 1)).toBeCloseTo(10.5 / 102, 12)
    expect(unit.evidence.m.reduce((a, b) => a + b)).toBeCloseTo(total, 15)
  })

  it('places the onset of a rise at its first row', () => {
    const unit = startShareUnit('up', 2, Float64Array.of(950, 50))
    const n = 500
    // Newest first: alternating errors, before them (from place 100 on, an error itself) every twentieth.
    const codes = Uint8Array.from({ length: n }, (_, i) => (i < 100 ? i % 2 : i % 20 === 0 ? 1 : 0))
    const { at } = shareOnset(unit, { strata: new Int16Array(n), codes, n })
    expect(at).toBe(100)
  })
})
