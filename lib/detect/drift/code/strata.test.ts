import { describe, expect, it } from 'vitest'
import { keepCodes } from '@/lib/detect/drift/code/level'
import { strataDiffer, weekdaysDiffer } from '@/lib/detect/drift/code/strata'
import { startCodeUnit, watchCode } from '@/lib/detect/drift/code/unit'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** Counts of four codes, one of them rare, in strata from 4 to 400 rows. `tilt` moves the first code's share from stratum to stratum. */
function strata(key: string, tilt: number): Float64Array[] {
  return [4, 12, 40, 120, 400].map((rows, s) => {
    const counts = new Float64Array(4)
    for (let i = 0; i < rows; i++) {
      const u = hashUniform(`${key} ${s}`, i)
      const first = 0.4 + tilt * (s % 2 ? 1 : -1)
      const code = u < first ? 0 : u < 0.8 ? 1 : u < 0.99 ? 2 : 3
      counts[code] = (counts[code] as number) + 1
    }
    return counts
  })
}

describe('codes by stratum', () => {
  it('says that strata differ where they do, and hardly ever where chance made them', () => {
    let alike = 0
    let apart = 0
    for (let run = 0; run < 500; run++) {
      if (strataDiffer(strata(`alike ${run}`, 0))) alike++
      if (strataDiffer(strata(`apart ${run}`, 0.15))) apart++
    }
    // Four deviations of χ²: a few in a thousand.
    expect(alike).toBeLessThanOrEqual(5)
    expect(apart).toBeGreaterThan(450)
  })

  it('tells a week of unlike days from a week of weekdays and weekends', () => {
    const week = (share: (day: number) => number) =>
      Array.from({ length: 168 }, (_, hour) => {
        const counts = new Float64Array(2)
        for (let i = 0; i < 20; i++) {
          const code = hashUniform(`hour ${hour}`, i) < share(Math.floor(hour / 24)) ? 0 : 1
          counts[code] = (counts[code] as number) + 1
        }
        return counts
      })
    expect(weekdaysDiffer(week((day) => (day < 5 ? 0.3 : 0.7)))).toBe(false)
    expect(weekdaysDiffer(week((day) => 0.3 + 0.06 * day))).toBe(true)
  })

  it('lets evidence wait while its effect is too small, and looks again later', () => {
    const unit = startCodeUnit([600, 400], 4000, 0)
    const looks: number[] = []
    for (let row = 0; row < 1500; row++) {
      const code = hashUniform('wait', row) < 0.72 ? 0 : 1
      const crossing = watchCode(unit, row, code, 1e-5, hashUniform('u', row))
      if (!crossing) continue
      looks.push(row)
      keepCodes(unit, row)
      expect(unit.phase).toBe('armed')
      expect(unit.provisional).toBe(false)
    }
    expect(looks.length).toBeGreaterThan(2)
    for (let i = 1; i < looks.length; i++)
      expect((looks[i] as number) - (looks[i - 1] as number)).toBeGreaterThanOrEqual(50)
  })
})
