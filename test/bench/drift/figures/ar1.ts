import { row } from '../score/table'
import { findingsOf } from '../watch'
import type { Figure } from './options'
import { autoregressive, plain } from './plain'

const rows = 25_000

/** First-order autocorrelation in all 25 features and nothing else: findings in `runs` streams of 25,000 lines for each φ. */
export const ar1Figure: Figure = async ({ runs, seed, perEvents }) => {
  console.log(row(['AR(1), 25 features', 'lines', 'false', 'per 400k lines', 'promised at most, per 400k']))
  console.log(row(Array(5).fill('---')))
  for (const phi of [0.3, 0.5, 0.7, 0.9, 0.95, 0.98]) {
    let found = 0
    for (let run = 0; run < runs; run++)
      found += (await findingsOf(plain(`${seed}/${phi}/${run}`, rows, autoregressive(phi)), perEvents)).length
    console.log(row([`φ = ${phi}`, runs * rows, found, ((4e5 * found) / (runs * rows)).toFixed(1), 4e5 / perEvents]))
  }
}
