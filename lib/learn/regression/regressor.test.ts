import { describe, expect, it } from 'vitest'
import type { Arrival, EventOf } from '@/lib/event/types'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'

type Training = Arrival<EventOf<'ml.training.v1'>>

/** Friedman's first function: 10 sin(π x₀x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + N(0, 1), five columns of noise beside it; its standard deviation is 5. Source: Friedman 1991. */
function friedman(i: number, change: (label: number, origin: number) => number): Training {
  const x = Array.from({ length: 10 }, (_, d) => hashUniform(`x${d}`, i))
  const at = (d: number) => x[d] as number
  const noise = Math.sqrt(-2 * Math.log(hashUniform('n', i))) * Math.cos(2 * Math.PI * hashUniform('m', i))
  const value = 10 * Math.sin(Math.PI * at(0) * at(1)) + 20 * (at(2) - 0.5) ** 2 + 10 * at(3) + 5 * at(4) + noise
  const origin = Math.floor(hashUniform('o', i) * 8)
  const data = {
    model: 'made',
    origin: { id: `vendor-${origin}`, kind: 'vendor' },
    features: Object.fromEntries(x.map((v, d) => [`x${d}`, v])),
    label: change(value, origin),
  }
  return { index: i, event: { type: 'ml.training.v1', id: `t-${i}`, source: '/made', timeMs: i, data } }
}

describe('labels that are numbers', () => {
  const state = startLearner({ config: { task: 'regression' }, golden: [] })
  const learner = learnerOf(state)
  const tally = () => ({ rows: 0, above: 0, anchor: 0, anchorExpected: 0, expected: 0 })
  const [own, others] = [tally(), tally()]
  // A source that adds one standard deviation from row 6,000 on.
  for (let i = 0; i < 9000; i++) {
    const row = friedman(i, (label, origin) => (origin === 3 && i >= 6000 ? label + 5 : label))
    const { y, judged, anchored } = learner.witness(row)
    if (i < 6000 || !judged) continue
    const into = row.event.data.origin.id === 'vendor-3' ? own : others
    into.rows++
    if (y > 2) into.above++
    into.expected += (judged.p[3] as number) + (judged.p[4] as number)
    const frozen = anchored()
    into.anchorExpected += frozen ? (frozen.p[3] as number) + (frozen.p[4] as number) : Number.NaN
  }

  it('shows a source that adds one standard deviation', () => {
    expect(own.above / own.rows).toBeGreaterThan(0.6)
    expect(own.expected / own.rows).toBeLessThan(0.2)
  })

  it('holds it against nobody else, though the learner learned from it', () => {
    // An eighth of what it learns is poison: it allows for more than the others do.
    expect(others.above / others.rows).toBeLessThan(others.expected / others.rows)
  })

  it('has an anchor that says the same of the classes as they lie now', () => {
    expect(state.anchor?.regressor).not.toBeNull()
    // The learner has moved up by its poisoned eighth: what lies above now was likelier by the anchor.
    expect(own.anchorExpected / own.rows).toBeLessThan(0.3)
    expect(Math.abs(others.anchorExpected - others.expected) / others.rows).toBeLessThan(0.1)
  })
})
