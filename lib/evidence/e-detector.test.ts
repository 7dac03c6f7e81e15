import { describe, expect, it } from 'vitest'
import {
  clearEvidence,
  gather,
  gatherLog,
  gatherMixture,
  startEvidence,
  totalEvidence,
} from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'
import { hashUniform } from '@/lib/stats/hash-uniform'

describe('e-detector', () => {
  it('follows the recursion by hand: .02, .06, .14, .30, .62, 1.26', () => {
    const evidence = startEvidence()
    const seen = Array.from({ length: 6 }, () => gather(evidence, 2, 0.01))
    for (const [i, want] of [0.02, 0.06, 0.14, 0.3, 0.62, 1.26].entries()) expect(seen[i]).toBeCloseTo(want, 12)
  })

  it('divides the mass among the bets of a mixture', () => {
    const evidence = startEvidence(2)
    expect(gatherMixture(evidence, [4, 0.5], [0.25, 0.75], 0.04)).toBeCloseTo(0.04 + 0.015, 12)
    expect(gatherMixture(evidence, [4, 0.5], [0.25, 0.75], 0.04)).toBeCloseTo(4 * 0.05 + 0.5 * 0.045, 12)
  })

  it('survives e-values of 0, infinity, NaN and hundreds of nats either way', () => {
    const evidence = startEvidence()
    gather(evidence, Number.POSITIVE_INFINITY, 1e-9)
    expect(totalEvidence(evidence)).toBe(1e300)
    expect(gather(evidence, 1e300, 1e-9)).toBe(1e300)
    expect(gather(evidence, 0, 1e-9)).toBe(0)
    expect(gather(evidence, Number.NaN, 1e-9)).toBe(1e-9)
    expect(gather(evidence, -3, 1e-9)).toBeCloseTo(2e-9, 20)
    expect(gatherLog(evidence, 5_000, 1e-9)).toBeCloseTo(1e300, -290)
    expect(gatherLog(evidence, -9_000, 1e-9)).toBe(0)
    expect(gatherLog(evidence, Math.log(2), 1e-9)).toBeCloseTo(2e-9, 18)
    expect(gatherLog(startEvidence(), 10, 0)).toBe(0)
  })

  it('reports threshold − logE = −ln M, whatever the masses were', () => {
    const evidence = startEvidence()
    gather(evidence, 3, 1e-6)
    gather(evidence, 3, 3e-6)
    const { logE, threshold } = reportEvidence(evidence)
    expect(threshold).toBeCloseTo(-Math.log(2e-6), 9)
    expect(logE - threshold).toBeCloseTo(Math.log(totalEvidence(evidence)), 9)
    clearEvidence(evidence)
    expect(reportEvidence(evidence)).toEqual({ logE: 0, threshold: 0 })
  })

  it('alarms on fair coins in at most the share of streams that the mass promises', () => {
    // 400 streams of 500 flips, mass .2 a stream: at most 80 expected; 4 standard deviations above is 112.
    let alarms = 0
    for (let stream = 0; stream < 400; stream++) {
      const evidence = startEvidence()
      for (let t = 0; t < 500; t++) {
        const e = hashUniform(`coin ${stream}`, t) < 0.5 ? 1.6 : 0.4
        if (gather(evidence, e, 0.2 / 500) >= 1) {
          alarms++
          break
        }
      }
    }
    expect(alarms).toBeGreaterThan(0)
    expect(alarms).toBeLessThanOrEqual(112)
  })
})
