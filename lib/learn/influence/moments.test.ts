import { describe, expect, it } from 'vitest'
import { width } from './compact'
import { addMoments, addRow, flushRows, startMoments, triangle } from './moments'
import { factor, solve } from './solve'

describe('sums of a learner', () => {
  it('solves (A + λI) w = b', () => {
    // Rows e_1 twice with target 3, e_2 once with target 4: with λ = 1, w_1 = 6/3 = 2 and w_2 = 4/2 = 2.
    const moments = startMoments(1)
    const x = new Float64Array(width)
    x[1] = 1
    addRow(moments, x, Float64Array.of(3), 1)
    addRow(moments, x, Float64Array.of(3), 1)
    x[1] = 0
    x[2] = 1
    addRow(moments, x, Float64Array.of(4), 1)
    flushRows(moments)
    const l = new Float64Array(triangle)
    expect(factor(Float64Array.from(moments.a), l)).toBe(true)
    const w = Float64Array.from(moments.b)
    solve(l, w, 1)
    expect(w[1]).toBeCloseTo(2, 6)
    expect(w[2]).toBeCloseTo(2, 6)
  })

  it('takes rows out exactly', () => {
    const a = startMoments(1)
    const b = startMoments(1)
    const x = Float64Array.from({ length: width }, (_, c) => Math.sin(c))
    addRow(a, x, Float64Array.of(1), 1)
    addRow(b, x, Float64Array.of(1), 1)
    const sum = { rows: 0, a: new Float64Array(triangle), b: new Float64Array(width) }
    addMoments(sum, a)
    addMoments(sum, b)
    addMoments(sum, b, -1)
    expect(sum.rows).toBe(1)
    flushRows(a)
    for (const [i, value] of a.a.entries()) expect(sum.a[i]).toBeCloseTo(value, 6)
  })
})
