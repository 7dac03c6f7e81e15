/**
 * Figures that stand in the documentation: `npx tsx test/bench/drift/figures/main.ts friedman|no-drift|power|ar1|memory [runs] [seed] [perEvents]`.
 * What an event costs is `npx tsx test/bench/drift/accept-cost.ts`. Seeds named `dev…` were looked at while the engine was built.
 */
import { ar1Figure } from './ar1'
import { friedmanFigure } from './friedman'
import { memoryFigure } from './memory'
import { noDriftFigure } from './no-drift'
import type { Figure } from './options'
import { powerFigure } from './power'

const figures: Record<string, { readonly figure: Figure; readonly runs: number }> = {
  friedman: { figure: friedmanFigure, runs: 25 },
  'no-drift': { figure: noDriftFigure, runs: 50 },
  power: { figure: powerFigure, runs: 15 },
  ar1: { figure: ar1Figure, runs: 4 },
  memory: { figure: memoryFigure, runs: 1 },
}

const [name = '', runs, seed = 'report', perEvents = '100000'] = process.argv.slice(2)
const chosen = figures[name]
if (!chosen) {
  console.error(`expected one of ${Object.keys(figures).join(', ')}`)
  process.exit(2)
}
await chosen.figure({ runs: Number(runs ?? chosen.runs), seed, perEvents: Number(perEvents) })
