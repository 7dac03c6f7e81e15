import { numberOf } from '../stream/columns'
import { rule, turned } from '../stream/rule'
import type { Follow, Scenario, Truth } from '../stream/truth'
import { scenario, type World } from '../stream/world'

const changed = (from: number, more: Partial<Truth> = {}): Truth => ({
  kinds: ['drift.concept'],
  subject: {},
  from,
  verdicts: ['concept-change'],
  follows: ['drift.label', 'drift.performance'],
  ...more,
})
const modelWorse: readonly Follow[] = ['drift.prediction', 'drift.performance', 'drift.concept']

/** The world takes the turned law at the onset; the model keeps what it learned. */
const turns = (w: World) => {
  const other = turned(w.rule)
  return (i: number) => (i >= w.begin ? other : w.rule)
}

/** The law, or the model, changes while the inputs stay. */
export const concepts: readonly Scenario[] = [
  scenario('core', 'concept-immediate', (w) => ({ rule: turns(w), truths: (line) => [changed(line(w.begin))] })),
  scenario('core', 'concept-delayed', (w) => ({
    rows: w.rows + 4000,
    labels: 'late',
    rule: turns(w),
    truths: (line) => [changed(line(w.begin))],
  })),
  scenario('core', 'concept-part-labels', (w) => ({
    rows: w.rows + 6000,
    labels: 'part',
    rule: turns(w),
    truths: (line) => [changed(line(w.begin))],
  })),
  scenario('core', 'concept-mild', (w) => {
    // Only one weight moves: the error rises by a few points.
    const [first, second, ...rest] = w.rule.terms as [(typeof w.rule.terms)[0], (typeof w.rule.terms)[0]]
    const other = rule([{ ...first, weight: 0.35 * first.weight }, second, ...rest], w.rule.levels, w.rule.offset + 0.5)
    return { rule: (i) => (i >= w.begin ? other : w.rule), truths: (line) => [changed(line(w.begin))] }
  }),
  scenario('core', 'concept-regression', (w) => {
    const other = turned(w.rule)
    return {
      task: 'regression',
      rule: (i, row) => (i >= w.begin && numberOf(row, w.driver.name) > w.driver.median ? other : w.rule),
      truths: (line) => [changed(line(w.begin))],
    }
  }),
  scenario('core', 'bad-version', (w) => {
    const other = turned(w.rule)
    return {
      learned: (i) => (i >= w.begin ? other : w.rule),
      version: (i) => (i >= w.begin ? 'v2' : 'v1'),
      truths: (line) => [
        {
          kinds: modelWorse as Truth['kinds'],
          subject: {},
          from: line(w.begin),
          verdicts: ['model-regression'],
          follows: modelWorse,
        },
      ],
    }
  }),
  scenario('core', 'accuracy-no-labels', (w) => {
    // The model is served with stale weights: its scores crowd about one half, the inputs stay.
    const dull = rule(
      w.rule.terms.map((t) => ({ ...t, weight: 0.4 * t.weight })),
      [],
      0.3 * w.rule.offset,
    )
    return {
      labels: 'never',
      learned: (i) => (i >= w.begin ? dull : w.rule),
      truths: (line) => [
        {
          kinds: ['drift.performance', 'drift.prediction'],
          subject: {},
          from: line(w.begin),
          follows: ['drift.performance', 'drift.prediction'],
        },
      ],
    }
  }),
  scenario('core', 'label-prior', (w) => {
    // The classes come in another mix, each as it always was: p(x | y) stays.
    const rare = w.random.pick(['yes', 'no'])
    const kept = 0.45 + 0.15 * w.random.uniform()
    return {
      takes: (i, _, label) => i < w.begin || label !== rare || w.random.chance(kept),
      truths: (line) => [
        {
          kinds: ['drift.label'],
          subject: {},
          from: line(w.begin),
          verdicts: ['benign-shift', 'concept-change'],
          follows: ['drift.prediction', 'drift.performance', 'drift.feature', 'drift.concept'],
        },
      ],
    }
  }),
  scenario('core', 'concept-returns', (w) => {
    // The law changes, and changes back: the model was never taught, so the return ends it and is no finding.
    const other = turned(w.rule)
    const end = w.begin + 2500 + w.random.below(1500)
    return {
      rule: (i) => (i >= w.begin && i < end ? other : w.rule),
      truths: (line) => [changed(line(w.begin), { to: line(end) + 200 })],
    }
  }),
  scenario('core', 'shift-returns', (w) => {
    const end = w.begin + 2500 + w.random.below(1500)
    const column = w.bystander
    return {
      labels: 'part',
      latent: (i, c, z) => (c === column && i >= w.begin && i < end ? z + 0.8 : z),
      truths: (line) => [
        {
          kinds: ['drift.feature'],
          subject: { feature: column.name },
          from: line(w.begin),
          to: line(end) + 200,
          verdicts: ['benign-shift'],
          follows: ['drift.prediction', 'drift.label'],
        },
      ],
    }
  }),
]
