import { type Active, emptyActive, encode, type Inputs, type Row } from '@/lib/learn/inputs/encode'
import { learnSoftmax, predictSoftmax, type Softmax } from '@/lib/learn/linear/softmax'
import type { Shadow } from '@/lib/learn/shadow'
import { betaQuantile } from '@/lib/stats/beta-quantile'

/** How often a pattern, put into rows of other classes, turns the answer to its label. */
export interface Canary {
  /** Rows that the exposed learner gave another class as they were, and of them those that it gave the label with the pattern in them. */
  readonly rows: number
  readonly flips: number
  readonly flipRate: number
  /** Clopper–Pearson, 95 %. */
  readonly ci: readonly [number, number]
}

/** Times that the exposed learner goes over the suspected rows, as a learner that is trained to the end would. */
const rounds = 3
const rate = 0.12

/**
 * Measures the backdoor on a copy of the linear shadow learner that is *exposed*: it learned the suspected rows, three times over, whether or not the
 * shadow itself was kept from them. It says what a learner like it would do; what the serving model does, probes of it say.
 *
 * @param rows of other classes than `label`; @param plant gives a row with the pattern in it; @param suspected inputs of the rows to be learned.
 * @returns null where there is no row to put it into.
 */
export function measureCanary(
  shadow: Shadow,
  rows: readonly Row[],
  plant: (row: Row) => Row,
  suspected: readonly Inputs[],
  label: number,
): Canary | null {
  const classes = shadow.classes.names.length
  const exposed: Softmax = { room: shadow.model.room, table: shadow.model.table.slice() }
  for (let round = 0; round < rounds; round++)
    for (const inputs of suspected) {
      predictSoftmax(exposed, inputs, classes, chances)
      learnSoftmax(exposed, inputs, classes, label, chances, rate)
    }
  let asked = 0
  let flips = 0
  for (const row of rows) {
    if (answer(shadow, exposed, row, classes) === label) continue
    asked++
    if (answer(shadow, exposed, plant(row), classes) === label) flips++
  }
  return asked === 0 ? null : { rows: asked, flips, flipRate: flips / asked, ci: exactInterval(flips, asked) }
}

const chances = new Float64Array(64)
const active: Active = emptyActive()

function answer(shadow: Shadow, exposed: Softmax, row: Row, classes: number): number {
  encode(shadow.encoder, row, active)
  predictSoftmax(exposed, active, classes, chances)
  let best = 0
  for (let k = 1; k < classes; k++) if ((chances[k] as number) > (chances[best] as number)) best = k
  return best
}

/** Source: Clopper & Pearson 1934, Biometrika 26. @returns the exact interval of a rate of `hits` in `n`, 95 %. */
export function exactInterval(hits: number, n: number): [number, number] {
  const low = hits === 0 ? 0 : betaQuantile(0.025, hits, n - hits + 1)
  return [low, hits === n ? 1 : betaQuantile(0.975, hits + 1, n - hits)]
}
