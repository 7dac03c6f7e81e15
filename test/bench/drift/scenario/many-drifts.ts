import { anyClock } from '../stream/clock'
import { labelQueue } from '../stream/labels'
import { anyLearner } from '../stream/learners'
import { Lines } from '../stream/lines'
import { type Random, seededRandom } from '../stream/random'
import type { MadeStream, Scenario, Truth } from '../stream/truth'
import { agrawal } from './agrawal'

/** A generator of the literature: rows as numbers, how they are written, and its concepts. */
export interface Concepts {
  readonly columns: readonly string[]
  readonly ranges: readonly number[]
  readonly noise: number
  row(random: Random): number[]
  written?(column: number, value: number): number | string
  readonly concepts: readonly ((x: readonly number[]) => boolean)[]
}

/** SEA (Street & Kim 2001): the sum of two of three uniform columns against a threshold; 10 % noise. */
const sea: Concepts = {
  columns: ['attrib1', 'attrib2', 'attrib3'],
  ranges: [10, 10, 10],
  noise: 0.1,
  row: (r) => [10 * r.uniform(), 10 * r.uniform(), 10 * r.uniform()],
  concepts: [8, 9, 7, 9.5].map((theta) => (x) => (x[0] as number) + (x[1] as number) <= theta),
}

/** STAGGER (Schlimmer & Granger 1986): size, colour and shape, three rules. */
const stagger: Concepts = {
  columns: ['size', 'color', 'shape'],
  ranges: [1, 1, 1],
  noise: 0,
  row: (r) => [r.below(3), r.below(3), r.below(3)],
  written: (column, value) =>
    [
      ['small', 'medium', 'large'],
      ['red', 'blue', 'green'],
      ['circle', 'square', 'triangle'],
    ][column]?.[value] as string,
  concepts: [
    ([size, color]) => size === 0 && color === 0,
    ([, color, shape]) => color === 2 || shape === 0,
    ([size]) => size !== 0,
  ],
}

const rowsBefore = 2600

/** Concept after concept, each at a jittered place, under a model that goes on learning. */
function stream(name: string, seed: string, source: Concepts, drifts: number, back = false): MadeStream {
  const random = seededRandom(`${name}/${seed}`)
  const starts = [0]
  while (starts.length <= drifts)
    starts.push((starts.at(-1) as number) + (starts.length === 1 ? rowsBefore : 1300) + random.below(1200))
  const sample = Array.from({ length: 600 }, () => source.row(random))
  const order = [random.pick(source.concepts)]
  while (order.length <= drifts) {
    const last = order.at(-1) as (typeof order)[0]
    // A change that a person would call one: at least 8 % of the rows are answered otherwise.
    const other = source.concepts.filter((c) => c !== last && sample.filter((x) => c(x) !== last(x)).length >= 48)
    order.push(
      back && order.length === drifts
        ? (order[0] as (typeof order)[0])
        : random.pick(other.length > 0 ? other : source.concepts.filter((c) => c !== last)),
    )
  }
  const lines = new Lines(name)
  const clock = anyClock(random)
  const model = anyLearner(random, source.ranges)
  const due = labelQueue<{ x: number[]; y: boolean }>(random, 'prompt')
  const scored = random.chance(0.7)
  const from: number[] = []
  const rows = (starts.at(-1) as number) + 1500 + random.below(1000) + (drifts === 0 ? 12_000 : 0)
  let concept = 0
  for (let i = 0; i < rows; i++) {
    if (i === starts[concept + 1]) concept++
    if (i === starts[concept]) from.push(lines.next)
    const ms = clock()
    const x = source.row(random)
    const y = (order[concept] as (typeof order)[0])(x) !== random.chance(source.noise)
    const share = model.share(x)
    const features = Object.fromEntries(
      source.columns.map((c, j) => [c, source.written?.(j, x[j] as number) ?? Number((x[j] as number).toFixed(3))]),
    )
    const more = scored ? { scores: { '0': Number((1 - share).toFixed(4)), '1': Number(share.toFixed(4)) } } : {}
    const id = lines.predict(ms, features, share > 0.5 ? '1' : '0', more)
    for (const { of, value } of due(i, id, { x, y })) {
      lines.label(ms, of, value.y ? '1' : '0')
      model.learn(value.x, value.y)
    }
  }
  const truths: Truth[] = from.slice(1).map((line, i) => ({
    kinds: ['drift.concept'],
    subject: {},
    from: line,
    to: Math.min(line + 2000, (from[i + 2] ?? lines.next) - 1),
    verdicts: ['concept-change'],
    follows: ['drift.label', 'drift.performance', 'drift.prediction'],
  }))
  return { name, seed, lines: lines.made, truths }
}

const many = (group: Scenario['group'], name: string, source: Concepts, drifts: number, back = false): Scenario => ({
  name,
  group,
  make: (seed) => stream(name, seed, source, drifts, back),
})

/** Eight drifts each; three of which the last brings the first concept back; and a learner with nothing to find. */
export const manyDrifts: readonly Scenario[] = [
  many('core', 'stream-sea', sea, 8),
  many('core', 'stream-agrawal', agrawal, 8),
  many('core', 'stream-stagger', stagger, 8),
  many('core', 'recurring', agrawal, 3, true),
  many('null', 'null-learner-sea', sea, 0),
  many('null', 'null-learner-agrawal', agrawal, 0),
]
