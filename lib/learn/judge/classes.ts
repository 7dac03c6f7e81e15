import type { Label } from '@/lib/event/types'
import { asExpected, regressionNames } from '@/lib/learn/regression/regressor'
import type { ModelConfig } from '@/lib/monitor/config'
import { type Confusions, isScale, noteConfusion, startConfusions } from './ordered'

/**
 * The classes met so far, in order of first sight. A class named by a number and by its digits is one class. Where labels are numbers (regression), the
 * classes say how a label lies to what was expected (./regressor.ts).
 */
export interface Classes {
  names: Label[]
  index: Map<string, number>
  /** Rows learned of each. */
  rows: number[]
  /** `unknown` until numbers that no class list would hold are seen, or the configuration says. */
  task: 'unknown' | 'classification' | 'regression'
  /** Of whole numbers, while it is not known what they are (./ordered.ts). */
  confusions: Confusions
}

/** More classes than these are not told apart: their rows neither teach nor testify. */
const maxClasses = 64
/** Whole numbers beyond this many are values, not classes. */
const maxNumericClasses = 20

export function startClasses(config: ModelConfig): Classes {
  const classes: Classes = { names: [], index: new Map(), rows: [], task: 'unknown', confusions: startConfusions() }
  if (config.task === 'regression') beNumbers(classes)
  else if (config.task === 'classification' || config.task === 'authorization' || config.classes)
    classes.task = 'classification'
  if (classes.task !== 'regression') for (const name of config.classes ?? []) classIndex(classes, name)
  return classes
}

function beNumbers(classes: Classes): void {
  classes.task = 'regression'
  classes.index.clear()
  classes.names = [...regressionNames]
  classes.rows = classes.names.map(() => 0)
}

/** Notes what a row's label was taken for: whole numbers may turn out to be a scale. */
export function noteTaken(classes: Classes, favourite: number, y: number): void {
  const { task, names, confusions } = classes
  if (task !== 'unknown' || typeof names[0] !== 'number') return
  if (noteConfusion(confusions, favourite, y) && names.every(Number.isInteger) && isScale(confusions, names))
    beNumbers(classes)
}

/**
 * @returns the class's index, a new one at its first sight; -1 when it has none (not a number in regression, or too many classes). A number's class is
 * known only once it is judged: until then it counts as expected.
 */
export function classIndex(classes: Classes, label: Label): number {
  if (classes.task === 'regression') return typeof label === 'number' && Number.isFinite(label) ? asExpected : -1
  const key = String(label)
  const known = classes.index.get(key)
  if (known !== undefined) return known
  if (classes.task === 'unknown' && typeof label === 'number') {
    if (!Number.isInteger(label) || classes.names.length >= maxNumericClasses) {
      beNumbers(classes)
      return Number.isFinite(label) ? asExpected : -1
    }
  }
  if (classes.names.length >= maxClasses) return -1
  classes.index.set(key, classes.names.length)
  classes.names.push(label)
  classes.rows.push(0)
  return classes.names.length - 1
}
