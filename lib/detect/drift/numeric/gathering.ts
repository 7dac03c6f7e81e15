/**
 * What stands beside the values of a baseline while it fills: the value before each, its stratum and its event time. Bounded: when it is full every
 * other value is dropped and from then on only every second one kept, so what is held always spreads evenly over all rows so far.
 */
export interface Beside {
  /** The value of the row before; NaN for the first. */
  before: number[]
  strata: number[]
  timesMs: number[]
  /** Every how many-th value is kept. */
  stride: number
  seen: number
  last: number
}

const most = 6000

export const startBeside = (): Beside => ({
  before: [],
  strata: [],
  timesMs: [],
  stride: 1,
  seen: 0,
  last: Number.NaN,
})

/** Of values that were given all at once: one stratum, no times. */
export const besideOf = (values: readonly number[]): Beside => ({
  ...startBeside(),
  before: values.map((_, i) => values[i - 1] ?? Number.NaN),
  strata: values.map(() => 0),
  timesMs: values.map(() => Number.NaN),
})

export function addGathered(values: number[], beside: Beside, value: number, stratum: number, timeMs: number): void {
  if (beside.seen % beside.stride === 0) {
    values.push(value)
    beside.before.push(beside.last)
    beside.strata.push(stratum)
    beside.timesMs.push(timeMs)
    if (values.length >= most) {
      for (const array of [values, beside.before, beside.strata, beside.timesMs]) halve(array)
      beside.stride *= 2
    }
  }
  beside.seen++
  beside.last = value
}

function halve(array: number[]): void {
  const half = Math.ceil(array.length / 2)
  for (let i = 0; i < half; i++) array[i] = array[2 * i] as number
  array.length = half
}
