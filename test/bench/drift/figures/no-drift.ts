import { row } from '../score/table'
import { findingsOf } from '../watch'
import type { Figure } from './options'
import { autoregressive, normal, plain } from './plain'

const windows = [50, 100, 200, 500, 1000, 2000, 5000, 20_000]
const baseline = 2000
const nulls = { normal, 'AR(1) .5': autoregressive(0.5), 'AR(1) .9': autoregressive(0.9) }

/** No drift, 25 features, the whole model: in how many of `runs` streams has anything alarmed n events after the baseline? */
export const noDriftFigure: Figure = async ({ runs, seed, perEvents }) => {
  console.log(
    row(['no drift, 25 features: alarmed within n events', ...windows.map((n) => `n = ${n.toLocaleString('en')}`)]),
  )
  console.log(row(Array(windows.length + 1).fill('---')))
  console.log(row(['promised at most', ...windows.map((n) => (n / perEvents).toFixed(4))]))
  for (const [name, next] of Object.entries(nulls)) {
    const firsts: number[] = []
    for (let run = 0; run < runs; run++) {
      const stream = plain(`${seed}/${name}/${run}`, baseline + 20_000, next)
      const [first] = await findingsOf(stream, perEvents)
      if (first) firsts.push(first.eventIndex - baseline)
    }
    console.log(
      row([
        `${name}, ${runs} streams`,
        ...windows.map((n) => (firsts.filter((at) => at < n).length / runs).toFixed(4)),
      ]),
    )
  }
}
