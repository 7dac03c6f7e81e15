import { anyClock } from './clock'
import {
  anyColumns,
  type CategoryColumn,
  type Column,
  type Columns,
  drawRow,
  type NumberColumn,
  type Row,
} from './columns'
import { type Labels, labelQueue } from './labels'
import { Lines } from './lines'
import { type Random, seededRandom } from './random'
import { anyRule, type Rule } from './rule'
import type { MadeStream, Scenario, Truth } from './truth'

/** What a scenario may bend; all by the number i of the prediction. */
export interface Plan {
  readonly rows?: number
  readonly task?: 'classification' | 'regression'
  readonly labels?: Labels
  /** Predictions after which the label of prediction i comes, where `labels` is not enough. */
  readonly labelDelay?: (i: number, label: string | number) => number
  /** The share of labels that are wrong. */
  readonly labelNoise?: (i: number) => number
  /** Event time of prediction i; default: any even, random or bursty clock. */
  readonly clock?: (i: number) => number
  readonly latent?: (i: number, column: NumberColumn, z: number) => number
  /** Changes the row in place, before the world and the model see it. `seen`: after the world, before the model (a pipeline's fault). */
  readonly row?: (i: number, row: Row) => void
  readonly seen?: (i: number, row: Row) => void
  /** Takes the row, or has another drawn. */
  readonly takes?: (i: number, row: Row, label: string | number) => boolean
  /** The law at i, and the one the model has learned. */
  readonly rule?: (i: number, row: Row) => Rule
  readonly learned?: (i: number) => Rule
  readonly version?: (i: number) => string
  readonly more?: (i: number, row: Row) => object
  readonly noSegment?: boolean
  readonly truths?: (line: (i: number) => number) => Truth[]
}

/** What a scenario is made of: columns, a law, an onset, all other ones for each seed. */
export interface World {
  readonly random: Random
  readonly columns: Columns
  readonly rule: Rule
  /** The prediction at which the change begins. */
  readonly begin: number
  readonly rows: number
  /** A number column that drives the law, or one that has nothing to do with it. */
  readonly driver: NumberColumn
  readonly bystander: NumberColumn
  column(test: (column: Column) => boolean): Column
}

/** A classification stream of predictions, their labels, and versions. */
export function scenario(
  group: Scenario['group'],
  name: string,
  plan: (world: World) => Plan,
  size: { readonly features?: number; readonly segments?: number; readonly rows?: number } = {},
): Scenario {
  return { name, group, make: (seed) => makeWorld(name, seed, plan, size) }
}

export function makeWorld(
  name: string,
  seed: string,
  plan: (world: World) => Plan,
  size: { features?: number; segments?: number; rows?: number },
): MadeStream {
  const random = seededRandom(`${name}/${seed}`)
  const columns = anyColumns(random, size.features ?? 8 + random.below(18), size.segments ?? 2 + random.below(5))
  const law = anyRule(random, columns)
  const smooth = columns.numbers.filter((c) => c.shape.kind === 'smooth')
  const used = law.terms.map((t) => t.column)
  const rows = size.rows ?? 13_000 + random.below(6000)
  const world: World = {
    random,
    columns,
    rule: law,
    rows,
    begin: 3000 + random.below(rows - 8500),
    driver: used[0] as NumberColumn,
    bystander: random.pick(
      smooth.filter((c) => !used.includes(c)).concat(smooth.slice(0, smooth.every((c) => used.includes(c)) ? 1 : 0)),
    ),
    column: (test) => {
      const fit = columns.all.filter(test)
      if (fit.length === 0) throw new Error(`${name} ${seed}: no column fits`)
      return random.pick(fit)
    },
  }
  const bend = plan(world)
  const regression = bend.task === 'regression'
  const amount = (x: number) => Number((40 + 12 * x).toFixed(2))
  const lines = new Lines(`m${Math.floor(1e4 * random.uniform())}`)
  const clock = bend.clock ?? anyClock(random)
  const lineOf: number[] = []
  const due = labelQueue<string | number>(random, bend.labels ?? 'prompt', bend.labelDelay)
  let version = bend.version?.(0) ?? 'v1'
  // The model is off by a little, and too sure or not sure enough.
  const sharpness = 0.8 + 0.6 * random.uniform()
  for (let i = 0; i < (bend.rows ?? rows); i++) {
    const ms = clock(i)
    const now = bend.version?.(i) ?? 'v1'
    if (now !== version) {
      version = now
      lines.version(ms, version)
    }
    let row: Row
    let label: string | number
    do {
      row = drawRow(columns, random, bend.latent && ((column, z) => bend.latent?.(i, column, z) ?? z))
      bend.row?.(i, row)
      const truth = (bend.rule?.(i, row) ?? law).at(row)
      if (regression) label = amount(truth + 0.5 * random.normal())
      else label = random.chance(sigmoid(1.5 * truth)) ? 'yes' : 'no'
    } while (bend.takes && !bend.takes(i, row, label))
    if (bend.labelNoise && random.chance(bend.labelNoise(i))) label = label === 'yes' ? 'no' : 'yes'
    bend.seen?.(i, row)
    const logit = (bend.learned?.(i) ?? law).at(row)
    const score = sigmoid(sharpness * logit)
    lineOf.push(lines.next)
    const { segment } = row
    const id = lines.predict(ms, row.features, regression ? amount(logit) : score > 0.5 ? 'yes' : 'no', {
      version,
      ...(bend.noSegment || Object.keys(segment).length === 0 ? {} : { segment }),
      ...(regression ? {} : { scores: { no: Number((1 - score).toFixed(4)), yes: Number(score.toFixed(4)) } }),
      ...bend.more?.(i, row),
    })
    for (const { of, value } of due(i, id, label)) lines.label(ms, of, value)
  }
  return { name, seed, lines: lines.made, truths: bend.truths?.((i) => lineOf[i] ?? lines.next) ?? [] }
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** A category of three values and more, drawn. */
export const manyValued = (w: World) => w.column((c) => c.type === 'category' && c.values.length > 2) as CategoryColumn
