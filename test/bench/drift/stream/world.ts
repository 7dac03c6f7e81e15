import type { FeatureValue } from '@/lib/event/types'
import { Lines } from './line'
import { type Random, seededRandom } from './random'
import type { MadeStream, Truth } from './truth'

/** What a scenario may bend at each prediction. `row` may change in place; `rule` may replace the world's answer. */
export interface Bend {
  row?(row: Row, i: number, random: Random): void
  /** Logit of the true class `yes`. */
  rule?(row: Row, i: number): number
  /** Hours of event time of prediction i. */
  hours?(i: number, random: Random): number
  /** Predictions after which its label comes; null: never. */
  labelDelay?: number | null
  /** The version that answers prediction i. */
  version?(i: number): string
  /** The model's logit, when it is not that of the unbent rule. */
  answer?(row: Row, i: number): number
}

export interface Row {
  features: Record<string, FeatureValue>
  segment: Record<string, string>
}

export const regions = ['north', 'south', 'east', 'west'] as const

/** An honest row: five numbers of different shapes, two categories, a flag, one correlated pair. */
function honestRow(random: Random): Row {
  const region = random.pick(regions, [0.4, 0.3, 0.2, 0.1])
  const z = random.normal()
  return {
    segment: { region },
    features: {
      income: round(40 * Math.exp(0.4 * random.normal())),
      age: 18 + random.below(60),
      load: round(10 + 2 * z),
      heat: round(50 + 8 * (0.8 * z + 0.6 * random.normal())),
      wealth: round(random.heavy()),
      plan: random.pick(['basic', 'plus', 'pro'], [0.6, 0.3, 0.1]),
      channel: random.pick(['web', 'app', 'shop', 'call'], [0.5, 0.3, 0.15, 0.05]),
      member: random.chance(0.3),
    },
  }
}

/** A feature as a number; what is missing or no number counts as 0. */
export const number = (row: Row, name: string): number => {
  const value = row.features[name]
  return typeof value === 'number' ? value : 0
}
export const round = (x: number): number => Number(x.toFixed(3))

const usualRule = (row: Row): number =>
  1.2 * ((number(row, 'load') - 10) / 2) + (row.features.plan === 'pro' ? 1.5 : -0.5) + 0.02 * (number(row, 'age') - 47)

/** A classification stream of `rows` predictions with their labels, bent as the scenario says. */
export function makeWorld(
  name: string,
  seed: string,
  rows: number,
  bend: Bend,
  truths: (lineOf: (i: number) => number) => Truth[],
): MadeStream {
  const random = seededRandom(`${name}/${seed}`)
  const lines = new Lines()
  const lineOf: number[] = []
  const waiting: { due: number; id: string; label: string }[] = []
  const delay = bend.labelDelay === undefined ? 0 : bend.labelDelay
  let version = bend.version?.(0) ?? 'v1'
  for (let i = 0; i < rows; i++) {
    const hours = bend.hours?.(i, random) ?? i / 60
    const now = bend.version?.(i) ?? 'v1'
    if (now !== version) {
      version = now
      lines.version(hours, version)
    }
    const row = honestRow(random)
    bend.row?.(row, i, random)
    const logit = bend.answer?.(row, i) ?? usualRule(row)
    const score = 1 / (1 + Math.exp(-logit))
    lineOf.push(lines.next)
    const truth = random.chance(1 / (1 + Math.exp(-1.6 * (bend.rule?.(row, i) ?? usualRule(row))))) ? 'yes' : 'no'
    const id = lines.predict(hours, row.features, score > 0.5 ? 'yes' : 'no', {
      version,
      segment: row.segment,
      scores: { no: round(1 - score), yes: round(score) },
    })
    if (delay !== null) waiting.push({ due: i + delay, id, label: truth })
    while (waiting[0] && waiting[0].due <= i) {
      const { id: of, label } = waiting.shift() as (typeof waiting)[number]
      lines.label(hours, of, label)
    }
  }
  return { name, lines: lines.made, truths: truths((i) => lineOf[i] ?? lines.next) }
}
