import { describe, expect, it } from 'vitest'
import { classIndex } from '@/lib/learn/judge/classes'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream } from '@/test/fixture/flip-stream'
import { classOf, judge } from './judge/judge'
import { learn, startShadow } from './learn'

function run(rows: ReturnType<typeof flipStream>, shadow = startShadow({ config: {}, golden: [] })) {
  return rows.map(({ event: { data } }) => {
    const y = classIndex(shadow.classes, data.label)
    const judged = judge(shadow, data)
    const said = judged && {
      wrong: judged.favourite === y ? 0 : 1,
      expected: judged.disagree,
      region: data.features.region,
      p: judged.p[y] as number,
    }
    if (y >= 0) learn(shadow, data, y, data.origin.id)
    return said
  })
}

const share = (rows: { wrong: number; expected: number }[]) => ({
  wrong: rows.reduce((sum, row) => sum + row.wrong, 0) / rows.length,
  expected: rows.reduce((sum, row) => sum + row.expected, 0) / rows.length,
})

describe('shadow learner', () => {
  const said = run(flipStream('shadow', 6000, 5)).filter((row) => row !== null)

  it('is calibrated from row 300 on, overall and in the hard region, which is 30 % noise', () => {
    const settled = said.slice(100)
    const all = share(settled)
    expect(Math.abs(all.wrong - all.expected)).toBeLessThan(0.015)
    const west = share(settled.filter((row) => row.region === 'west').slice(200))
    expect(west.wrong).toBeGreaterThan(0.25)
    expect(Math.abs(west.wrong - west.expected)).toBeLessThan(0.03)
    const early = share(settled.slice(0, 300))
    expect(Math.abs(early.wrong - early.expected)).toBeLessThan(0.05)
  })

  it('comes near the noise that no learner can beat: .8 · 3 % + .2 · 30 % = 8.4 %', () => {
    expect(share(said.slice(3000)).wrong).toBeLessThan(0.12)
  })

  it('judges before it learns: labels drawn at random are not foreseen', () => {
    const random = flipStream('random', 2000, 3, (_row, u) => ({ label: u < 0.5 ? 'approve' : 'refuse' }))
    const wrong = share(run(random).filter((row) => row !== null)).wrong
    // 1,800 fair coins: standard deviation .012.
    expect(Math.abs(wrong - 0.5)).toBeLessThan(0.05)
  })

  it('gives the same numbers again, and after a structured clone in the middle', () => {
    const rows = flipStream('again', 800, 3)
    const once = run(rows)
    const shadow = startShadow({ config: {}, golden: [] })
    const first = run(rows.slice(0, 500), shadow)
    const second = run(rows.slice(500), structuredClone(shadow))
    expect([...first, ...second]).toEqual(once)
  })

  it('is ready at the first row when golden rows taught it', () => {
    const golden = flipStream('golden', 1000, 1).map(({ event: { data } }) => ({
      features: data.features,
      label: data.label,
    }))
    const judged = run(flipStream('live', 400, 3), startShadow({ config: {}, golden }))
    expect(judged[0]).not.toBeNull()
    expect(share(judged.filter((row) => row !== null)).wrong).toBeLessThan(0.15)
  })

  it('learns a class that appears later', () => {
    const rows = flipStream('later', 3000, 3, (row, u) => (row.index > 1000 && u < 0.3 ? { label: 'ask' } : {}))
    for (const row of rows)
      if (row.event.data.label === 'ask')
        Object.assign(row.event.data, { features: { ...row.event.data.features, z: 7 } })
    const late = run(rows).slice(1500)
    const asked = late.filter((_, i) => rows[1500 + i]?.event.data.label === 'ask')
    expect(asked.filter((row) => row?.wrong === 0).length / asked.length).toBeGreaterThan(0.9)
  })

  it('takes numbers that no class list would hold for numbers, and says how a label lies to what is expected', () => {
    // y = 10x + noise of half a unit, at x < ½; three times that beyond. Honest labels: 3, 12, 70, 12 and 3 %, on either side.
    const shadow = startShadow({ config: {}, golden: [] })
    const counts = [0, 1].map(() => [0, 0, 0, 0, 0])
    let expected = 0
    for (let i = 0; i < 8000; i++) {
      const x = hashUniform('x', i)
      const noise = Math.sqrt(-2 * Math.log(hashUniform('n', i))) * Math.cos(2 * Math.PI * hashUniform('m', i))
      const row = { features: { x }, label: 10 * x + noise * (x < 0.5 ? 0.5 : 1.5) }
      const known = classIndex(shadow.classes, row.label)
      const judged = judge(shadow, row)
      const y = judged ? classOf(shadow, known, row.label) : known
      if (i >= 2000) {
        const of = counts[x < 0.5 ? 0 : 1] as number[]
        of[y] = (of[y] as number) + 1
        expected += (judged?.disagree ?? 0) / 6000
      }
      learn(shadow, row, y, 'all')
    }
    expect(shadow.classes.task).toBe('regression')
    for (const of of counts) {
      const rows = of.reduce((a, b) => a + b)
      for (const [k, share] of [0.03, 0.12, 0.7, 0.12, 0.03].entries())
        expect(Math.abs((of[k] as number) / rows - share)).toBeLessThan(0.025)
    }
    expect(expected).toBeCloseTo(0.3, 1)
  })

  it('finds out late that classes were numbers, and starts over', () => {
    const shadow = startShadow({ config: {}, golden: [] })
    for (let i = 0; i < 900; i++) {
      const label = i < 400 ? i % 5 : Number((i % 37).toFixed(1))
      const y = classIndex(shadow.classes, label)
      const judged = judge(shadow, { features: { i: label } })
      learn(shadow, { features: { i: label }, label }, judged ? classOf(shadow, y, label) : y, 'all')
    }
    expect(shadow.classes.task).toBe('regression')
    expect(shadow.classes.names).toHaveLength(5)
    expect(shadow.regressor).not.toBeNull()
    expect(classIndex(shadow.classes, Number.NaN)).toBe(-1)
    expect(classIndex(shadow.classes, 'seven')).toBe(-1)
  })

  it('learns from embeddings alone, and bears NaN, null, unknown and missing features', () => {
    const shadow = startShadow({ config: {}, golden: [] })
    let wrong = 0
    for (let i = 0; i < 2000; i++) {
      const y = hashUniform('side', i) < 0.5 ? 1 : 0
      const embedding = Array.from({ length: 24 }, (_, d) => hashUniform(`e${d}`, i) + (d < 4 ? y * 0.5 : 0))
      const features = i % 3 === 0 ? { a: Number.NaN, b: null } : i % 3 === 1 ? { c: 'x' } : {}
      const index = classIndex(shadow.classes, y)
      const judged = judge(shadow, { features, embedding })
      if (i > 1000 && judged && judged.favourite !== index) wrong++
      learn(shadow, { features, embedding }, index, 'all')
    }
    expect(wrong / 999).toBeLessThan(0.1)
  })
})
