import type { GoldenRow } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Active } from '@/lib/learn/inputs/encode'
import { spread } from '@/lib/learn/inputs/hash'
import { numberOf } from '@/lib/learn/place/recent'
import type { Shadow } from '@/lib/learn/shadow'
import type { Learner } from '@/lib/learn/witness'
import { type Compact, compactRow, freezeCompact, width } from './compact'
import { type Doubted, keepDoubted, startDoubted } from './doubted'
import { expandRow, predict } from './expand'
import { goldenPanel } from './golden-panel'
import { type Holder, type Holders, holderOf, startHolders } from './holders'
import { addMoments, addRow, flushRows, type Moments, triangle } from './moments'
import { offerRow, type Panel, startPanel } from './panel'
import { type Pull, pullOf, startPull } from './pull'
import { factor, solve } from './solve'
import { addTo, type Sums } from './sums'

/**
 * What each source does to the model: a second, compact learner beside the shadow learner, whose sums are kept by source, so that any source can be
 * taken out of it exactly and at once.
 *
 * Learns    every row, also of those who are accused: it stands for the model that is watched. Softmax regression on 64 columns (./compact.ts), each row's
 *           loss expanded once, near the weights at its arrival (./expand.ts).
 * Answers   the learner without a source (./counterfactual.ts): one Newton step; a row's influence, self-influence and leverage (./row-influence.ts).
 * Measured  on golden rows; where there are none, on a sample of training rows that nobody was accused of.
 * Misses    interactions that 64 columns cannot show; regression; what a source did before it was pushed out of the table by bigger ones.
 * Cost      12 µs of CPU a row with 200 inputs and two classes on a busy machine (test/bench/poison/influence-cost.ts); 1.8 MB for 64 sources and 32 labelers.
 * Source    Cook 1977 (deletion); Koh & Liang 2017; reference/poisoning.md §2a of this project.
 */
export interface Influence {
  compact: Compact | null
  /** Room for classes in the sums: a power of two. */
  outputs: number
  classes: number
  /** Judged rows so far. */
  rows: number
  origins: Holders
  labelers: Holders
  /** Rows and influence by batch and by feed, the latest 256 of each. */
  batches: Sums
  feeds: Sums
  weights: Float64Array
  nextFit: number
  golden: Panel
  others: Panel
  pull: Pull | null
  /** Rows whose label was not the favourite, the latest 2,048: what an alarm about rows takes out. */
  doubted: Doubted
}

const mostOrigins = 64
const mostLabelers = 32
/** Rows judged before the columns are frozen, unless somebody asks earlier. */
const freezeRows = 1000
/** Fewer make no columns. */
export const leastRows = 200
/** Fitted anew after so many rows, and later after so small a part of all. */
const rowsPerFit = 512
const rowsPerFitPart = 16
const startPasses = 4
/** Rows of a source that are all taken; and the fewest that are taken later, one in so many. */
const fewRows = 512
const mostEach = 16
/** One row in so many is offered to the sample of others' rows. */
const rowsPerOffer = 4

export const startInfluence = (): Influence => ({
  compact: null,
  outputs: 2,
  classes: 2,
  rows: 0,
  origins: startHolders(2),
  labelers: startHolders(2),
  batches: new Map(),
  feeds: new Map(),
  weights: new Float64Array(width * 2),
  nextFit: 0,
  golden: startPanel(),
  others: startPanel(),
  pull: null,
  doubted: startDoubted(),
})

const x = new Float64Array(width)
const scaled = new Float64Array(width)
const f = new Float64Array(64)
const p = new Float64Array(64)
const t = new Float64Array(64)

/** Takes a training row in, after it was judged and before it is learned; other events are passed by. */
export function noteRow(influence: Influence, learner: Learner, arrival: Arrival, golden: readonly GoldenRow[]): void {
  if (arrival.event.type !== 'ml.training.v1') return
  const witness = learner.witness(arrival as Arrival<EventOf<'ml.training.v1'>>)
  const { judged, y, shadow } = witness
  // Of numbers a class says how a label lies to what the learner expects: no learner of classes is to be made of that.
  if (!judged || y < 0 || shadow.classes.task === 'regression') return
  influence.rows++
  if (!influence.compact) {
    if (influence.rows < freezeRows || judged.classes < 2) return
    freeze(influence, shadow, golden)
  }
  const { data } = arrival.event
  growOutputs(influence, judged.classes)
  const ofOrigin = holderOf(influence.origins, data.origin.id, influence.outputs, mostOrigins)
  const moments = ofOrigin?.moments ?? influence.origins.rest
  const weight = weightOf(moments)
  // Of the rows that are not taken, others stand for them: they count all the same.
  moments.rows += weight === 0 ? 1 : 1 - weight
  const isDoubted = y !== judged.favourite
  const isOffered = influence.rows % rowsPerOffer === 0
  if (weight > 0 || isDoubted || isOffered) {
    compactRow(influence.compact as Compact, witness.active, x)
    if (weight > 0) {
      const ofLabeler =
        data.labeler === undefined ? null : holderOf(influence.labelers, data.labeler, influence.outputs, mostLabelers)
      const moved = learnRow(influence, judged.classes, y, ofOrigin, ofLabeler, weight)
      if (data.batch !== undefined) addTo(influence.batches, data.batch, moved, weight)
      if (data.feed !== undefined) addTo(influence.feeds, data.feed, moved, weight)
    }
    if (isOffered && !witness.distrusted && witness.testifies)
      offerRow(influence.others, x, y, numberOf(data.origin.id), sliceOf(data.segment))
    if (isDoubted) keepDoubted(influence.doubted, numberOf(arrival.event.id), x, y)
  }
  if (influence.rows >= influence.nextFit) refit(influence, shadow.classes.names.length)
}

/** Another golden set counts from now on. */
export function measureOn(influence: Influence, shadow: Shadow, golden: readonly GoldenRow[]): void {
  if (!influence.compact) return
  influence.golden = goldenPanel(influence.compact, shadow, golden)
  refit(influence, shadow.classes.names.length)
}

export const sliceOf = (segment: Readonly<Record<string, unknown>> | undefined): string => {
  for (const key in segment) return `${key}=${String(segment[key])}`
  return ''
}

/**
 * What a row stands for: itself while its source has few rows; later one in so many is taken, for as many. A source's sums then have as much to say of a
 * big source as of a middling one, at a cost that does not grow with it. 0: not this one.
 */
function weightOf({ rows }: Moments): number {
  if (rows < fewRows) return 1
  const each = Math.min(mostEach, 2 ** (1 + Math.floor(Math.log2(rows / fewRows))))
  return spread(rows) % each === 0 ? each : 0
}

/** Learns the row in `x`, as so many. @returns what one of them did to the loss on the panel, first order. */
function learnRow(
  influence: Influence,
  classes: number,
  y: number,
  ofOrigin: Holder | null,
  ofLabeler: Holder | null,
  weight: number,
): number {
  const { outputs, weights, pull } = influence
  predict(weights, outputs, classes, x, 0, f, p)
  const root = expandRow(f, p, classes, y, t)
  const times = Math.sqrt(weight)
  for (let c = 0; c < width; c++) scaled[c] = root * times * (x[c] as number)
  if (times !== 1) for (let k = 0; k < classes; k++) t[k] = times * (t[k] as number)
  addRow(ofOrigin?.moments ?? influence.origins.rest, scaled, t, outputs, weight)
  if (ofLabeler) addRow(ofLabeler.moments, scaled, t, outputs, weight)
  if (!pull) return 0
  const { moved, most } = pullOf(pull, outputs, classes, x, p, y)
  for (const holder of [ofOrigin, ofLabeler]) {
    if (!holder) continue
    holder.influence += weight * moved
    holder.reach += weight * most
  }
  return moved
}

/** Fixes the columns, and learns the rows that the shadow learner rehearses: all there were, where that happens early. */
export function freeze(influence: Influence, shadow: Shadow, golden: readonly GoldenRow[]): void {
  const classes = shadow.classes.names.length
  const rows = shadow.rehearsal.rows.filter((row) => !row.origin.startsWith(' '))
  influence.compact = freezeCompact(rows, classes)
  growOutputs(influence, classes)
  influence.golden = goldenPanel(influence.compact, shadow, golden)
  for (let pass = 0; pass < startPasses; pass++) {
    influence.origins = startHolders(influence.outputs)
    influence.labelers = startHolders(influence.outputs)
    for (const row of rows) {
      compactRow(influence.compact, row as unknown as Active, x)
      const ofOrigin = holderOf(influence.origins, row.origin, influence.outputs, mostOrigins)
      const ofLabeler =
        row.labeler === null ? null : holderOf(influence.labelers, row.labeler, influence.outputs, mostLabelers)
      learnRow(influence, classes, row.y, ofOrigin, ofLabeler, 1)
      if (pass === 0) offerRow(influence.others, x, row.y, numberOf(row.origin), '')
    }
    refit(influence, classes)
  }
}

const l = new Float64Array(triangle)
/** Of the sums that `weightsOf` was asked about last. */
export const lastFactor: Float64Array = l

/** The sums of everybody, in double precision. */
export function totalOf({ origins, outputs }: Influence): { rows: number; a: Float64Array; b: Float64Array } {
  const total = { rows: 0, a: new Float64Array(triangle), b: new Float64Array(width * outputs) }
  addMoments(total, origins.rest)
  for (const { moments } of origins.byId.values()) addMoments(total, moments)
  return total
}

/** Weights that these sums decide; null when they decide none. */
export function weightsOf(sums: { a: Float64Array; b: Float64Array }, outputs: number): Float64Array | null {
  if (!factor(sums.a, l)) return null
  const w = Float64Array.from(sums.b)
  solve(l, w, outputs)
  return w
}

function refit(influence: Influence, classes: number): void {
  const { outputs, golden, others } = influence
  influence.nextFit = influence.rows + Math.max(rowsPerFit, Math.floor(influence.rows / rowsPerFitPart))
  const total = totalOf(influence)
  const weights = weightsOf(total, outputs)
  if (!weights) return
  influence.weights = weights
  influence.pull = startPull(golden.size > 0 ? golden : others, weights, outputs, classes, l)
}

/** Makes room for classes; sums of those met so far stay. */
function growOutputs(influence: Influence, classes: number): void {
  influence.classes = classes
  if (classes <= influence.outputs) return
  const before = influence.outputs
  let outputs = before
  while (outputs < classes) outputs *= 2
  influence.outputs = outputs
  const wide = <A extends Float32Array | Float64Array>(from: A, to: A): A => {
    for (let c = 0; c < width; c++)
      for (let k = 0; k < before; k++) to[c * outputs + k] = from[c * before + k] as number
    return to
  }
  for (const { byId, rest } of [influence.origins, influence.labelers])
    for (const moments of [rest, ...[...byId.values()].map((holder) => holder.moments)]) {
      flushRows(moments)
      moments.b = wide(moments.b, new Float32Array(width * outputs))
    }
  influence.weights = wide(influence.weights, new Float64Array(width * outputs))
  influence.pull = null
}
