import { describe, expect, it } from 'vitest'
import { seeded } from '@/lib/demo/seeded'
import type { Arrival, EventOf } from '@/lib/event/types'
import { judge, judgedInputs } from '@/lib/learn/judge/judge'
import { learn } from '@/lib/learn/learn'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { retrain } from '@/test/bench/poison/retrain'
import { compactRow, width } from './compact'
import { counterfactualOf } from './counterfactual'
import { startInfluence } from './influence'
import { measure } from './measure'
import { noteRow } from './note-row'
import { rowInfluences } from './row-influence'
import { sayCounterfactual } from './say'
import { without } from './without'

type Training = EventOf<'ml.training.v1'>

/** Two classes on a slope in four numbers; `bad` turns every `spam` to `ham` in its tenth of the rows. */
function stream(rows: number, seed: number, withBad = true): Arrival<Training>[] {
  const uniform = seeded(seed)
  const normal = () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform())
  return Array.from({ length: rows }, (_, index) => {
    const features = { a: normal(), b: normal(), c: normal(), d: normal() }
    const honest = features.a + features.b - features.c + 0.7 * normal() > 0 ? 'spam' : 'ham'
    const bad = uniform() < 0.15
    return {
      index,
      event: {
        type: 'ml.training.v1' as const,
        id: `t-${index}`,
        source: '/test',
        timeMs: index,
        data: {
          model: 'test',
          origin: { id: bad && withBad ? 'bad' : `o-${index % 7}`, kind: 'vendor' },
          batch: bad && withBad ? 'b-bad' : `b-${Math.floor(index / 500)}`,
          features,
          label: bad && withBad ? 'ham' : honest,
        },
      },
    }
  })
}

const golden = stream(1500, 99, false).map(({ event }) => ({ features: event.data.features, label: event.data.label }))

function run(arrivals: readonly Arrival<Training>[], trusted = golden) {
  const learner = learnerOf(startLearner({ config: { classes: ['ham', 'spam'] }, golden: [] }))
  const influence = startInfluence()
  let names: readonly (string | number)[] = []
  for (const arrival of arrivals) {
    noteRow(influence, learner, arrival, trusted)
    names = learner.witness(arrival).shadow.classes.names
    learner.settle()
  }
  return { influence, names }
}

/** How far, by golden row, the model without `bad` is from one that was trained without it. */
function offRetraining(rows: readonly Arrival<Training>[]): { accuracy: number; recalls: number[] } {
  const { influence, names } = run(rows)
  const { compact, outputs } = influence
  const both = without(influence, { origin: 'bad' })
  if (!compact || !both) throw new Error('bad is not known')
  const { shadow } = startLearner({ config: { classes: ['ham', 'spam'] }, golden: [] })
  for (const { event } of rows.slice(0, 200)) learn(shadow, event.data, 0, '')
  const honest = rows
    .filter(({ event }) => event.data.origin.id !== 'bad')
    .map(({ event }) => {
      judge(shadow, event.data)
      const x = new Float64Array(width)
      compactRow(compact, judgedInputs, x)
      return { x, y: names.indexOf(event.data.label) }
    })
  const anew = retrain(honest, 2, outputs)
  const [accuracy, ...recalls] = measure(influence, influence.golden, { ...both, with: anew }, names).counts
  const off = (figure: typeof accuracy) => (figure ? Math.abs(figure.without - figure.with) / figure.n : 1)
  return { accuracy: off(accuracy), recalls: recalls.map(off) }
}

describe('the model without a source', () => {
  const rows = stream(6000, 5)
  const { influence, names } = run(rows)
  const told = counterfactualOf(influence, { origin: 'bad' }, names)

  it('finds the recall that the source cost', () => {
    expect(told).toMatchObject({ metric: 'recall', class: 'spam', golden: true })
    expect(told?.gain.ci[0]).toBeGreaterThan(0)
    expect(told?.removed).toBe(rows.filter(({ event }) => event.data.origin.id === 'bad').length)
  })

  it('is what honest retraining without it comes to, within half a point', () => {
    let points = 0
    for (const seed of [5, 6, 7]) {
      const off = offRetraining(stream(6000, seed))
      points += off.accuracy / 3
      // A source of a sixth of the rows that turns one way: the recall of each class is told a little less exactly.
      for (const recall of off.recalls) expect(recall).toBeLessThan(0.02)
    }
    expect(points).toBeLessThan(0.005)
  }, 120_000)

  it('says so in words', () => {
    if (!told) throw new Error('nothing was told')
    expect(sayCounterfactual(told, 'bad')).toMatch(
      /^without bad, golden recall of spam is \.\d+ \(\.\d+–\.\d+, n \d+\), not \.\d+$/,
    )
  })

  it('weighs one row: a turned label hurts its class, and a row far out moves itself', () => {
    const look = rowInfluences(influence)
    if (!look) throw new Error('nothing to look with')
    const x = Float64Array.from(influence.golden.x.subarray(0, width))
    const y = influence.golden.y[0] as number
    const right = look(x, y)
    const turned = look(x, 1 - y)
    expect(turned.total).toBeGreaterThan(right.total)
    expect(turned.byClass[y]).toBeGreaterThan(0)
    // The mean over all rows is the mean over the classes, by their rows.
    const rowsOf = (k: number) => influence.golden.y.subarray(0, influence.golden.size).filter((c) => c === k).length
    const mean = [0, 1].reduce((sum, k) => sum + ((turned.byClass[k] ?? 0) * rowsOf(k)) / influence.golden.size, 0)
    expect(turned.total).toBeCloseTo(mean, 9)
    expect(turned.self).toBeGreaterThan(right.self)
    const far = look(
      x.map((v) => 8 * v),
      1 - y,
    )
    expect(far.leverage).toBeLessThanOrEqual(1)
    expect(right.leverage).toBeGreaterThan(0)
    expect(right.leverage).toBeLessThan(0.1)
  })

  it('leaves an honest source without a gain', () => {
    const honest = counterfactualOf(influence, { origin: 'o-3' }, names)
    const [low, high] = honest?.gain.ci ?? [1, 1]
    expect(low).toBeLessThanOrEqual(0)
    expect(high).toBeGreaterThanOrEqual(0)
  })

  it('holds the source that turns labels for the one that hurts most', () => {
    const hurt = [...influence.origins.byId].sort((a, b) => b[1].influence - a[1].influence)
    expect(hurt[0]?.[0]).toBe('bad')
    const batches = [...influence.batches].sort((a, b) => b[1].influence - a[1].influence)
    expect(batches[0]?.[0]).toBe('b-bad')
    for (const [, holder] of hurt) expect(holder.reach).toBeGreaterThanOrEqual(Math.abs(holder.influence) - 1e-9)
  })

  it('measures on rows of the others where there are no golden rows, and says so', () => {
    const bare = run(rows, [])
    const other = counterfactualOf(bare.influence, { origin: 'bad' }, bare.names)
    expect(other?.golden).toBe(false)
    expect(other?.n).toBeGreaterThan(300)
    if (other) expect(sayCounterfactual(other, 'bad')).toContain('on rows of the others')
  })

  it('goes on from a copy of its state, and is the same twice', () => {
    const again = run(rows)
    expect(structuredClone(again.influence)).toEqual(influence)
  })

  it('does not overshoot where a late attack meets a learner that is sure', () => {
    const sure = stream(6000, 7, false).map(({ index, event }): Arrival<Training> => {
      const { a, b } = event.data.features as { a: number; b: number }
      const origin = index % 11 === 0 ? 'late' : event.data.origin.id
      const honest = a + b > 0 ? 'spam' : 'ham'
      const label = origin === 'late' && index > 4000 ? (honest === 'spam' ? 'ham' : 'spam') : honest
      return { index, event: { ...event, data: { ...event.data, origin: { id: origin, kind: 'vendor' }, label } } }
    })
    const clean = golden.map(({ features }) => {
      const { a, b } = features as { a: number; b: number }
      return { features, label: a + b > 0 ? 'spam' : 'ham' }
    })
    const late = run(sure, clean)
    const [before, after] = counterfactualOf(late.influence, { origin: 'late' }, late.names)?.loss ?? [0, 1]
    expect(after).toBeLessThan(before)
  })

  it('knows nothing of a source that it never met, or before there are rows', () => {
    expect(counterfactualOf(influence, { origin: 'nobody' }, names)).toBeNull()
    expect(counterfactualOf(startInfluence(), { origin: 'bad' }, names)).toBeNull()
  })
})
