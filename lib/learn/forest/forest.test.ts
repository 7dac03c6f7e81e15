import { describe, expect, it } from 'vitest'
import { missingKey, sortKey } from '@/lib/learn/inputs/sort-key'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import type { Shadow } from '@/lib/learn/shadow'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** 2dplanes: which columns count depends on the sign of the first: no sum of columns foretells it. Source: Breiman et al. 1984, p. 239. */
function plane(i: number) {
  const u = (d: number) => hashUniform(`plane ${d}`, i)
  const x = [u(0) < 0.5 ? -1 : 1, ...Array.from({ length: 9 }, (_, d) => Math.floor(u(d + 1) * 3) - 1)]
  const at = (d: number) => x[d] as number
  const sum = at(0) === 1 ? 3 + 3 * at(1) + 2 * at(2) + at(3) : -3 + 3 * at(4) + 2 * at(5) + at(6)
  return { features: Object.fromEntries(x.map((v, d) => [`x${d}`, v])), label: sum > 0 ? 'above' : 'below' }
}

function run(from: number, to: number, shadow: Shadow) {
  let wrong = 0
  let expected = 0
  for (let i = from; i < to; i++) {
    const row = plane(i)
    const y = classIndex(shadow.classes, row.label)
    const judged = judge(shadow, row)
    if (judged && judged.favourite !== y) wrong++
    expected += judged?.disagree ?? 0
    learn(shadow, row, y, i % 4 === 0 ? 'even' : 'odd')
  }
  return { wrong: wrong / (to - from), expected: expected / (to - from) }
}

const start = () => startShadow({ config: {}, golden: [] })

describe('forest', () => {
  it('knows what no sum of columns foretells, and how well it does', () => {
    const shadow = start()
    run(0, 2500, shadow)
    const { wrong, expected } = run(2500, 4000, shadow)
    expect(wrong).toBeLessThan(0.06)
    expect(Math.abs(wrong - expected)).toBeLessThan(0.02)
    expect(shadow.calibrator.stack.asleep).toBe(false)
  })

  it('gives the same numbers again after a structured clone', () => {
    const shadow = start()
    run(0, 700, shadow)
    const clone = structuredClone(shadow)
    expect(run(700, 1200, clone)).toEqual(run(700, 1200, shadow))
    expect(clone.forest.trees.nodes).toEqual(shadow.forest.trees.nodes)
  })

  it('sleeps where labels are noise, and is not heard then', () => {
    const shadow = start()
    for (let i = 0; i < 4000; i++) {
      const row = { features: plane(i).features, label: hashUniform('noise', i) < 0.4 ? 'a' : 'b' }
      judge(shadow, row)
      learn(shadow, row, classIndex(shadow.classes, row.label), 'all')
    }
    expect(shadow.calibrator.stack.asleep).toBe(true)
  })
})

describe('sort key', () => {
  it('keeps the order of numbers, and puts what is none below all', () => {
    const values = [-Infinity, -3e38, -2, -1e-20, 0, 1e-20, 1.5, 2, 7e9, Infinity]
    const keys = values.map(sortKey)
    expect([...keys].sort((a, b) => a - b)).toEqual(keys)
    expect(new Set(keys).size).toBe(values.length)
    expect(sortKey(Number.NaN)).toBe(missingKey)
    // Differences of two keys fit 32 bits: that is how trees compare.
    expect(Math.max(...keys) - missingKey).toBeLessThan(2 ** 31)
  })
})
