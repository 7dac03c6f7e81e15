import type { Scenario } from '../stream/truth'
import type { Score } from './score'
import { recordedHead, recordedRow, tableHead, tableRow } from './table'

export interface Result {
  readonly score: Score
  readonly dummy: Score
}

/** Prints a row a scenario, then the sums of each group beside the dummy's. */
export function report(results: readonly Result[], scenarios: readonly Scenario[]): void {
  const of = (test: (s: Scenario) => boolean): Result[] => {
    const names = new Set(scenarios.filter(test).map((s) => s.name))
    return results.filter((r) => names.has(r.score.name))
  }
  const scores = (list: readonly Result[]) => list.map((r) => r.score)
  const made = of((s) => s.group !== 'real')
  if (made.length > 0) {
    console.log(tableHead())
    for (const { name, group } of scenarios) {
      const own = of((s) => s.name === name)
      if (own.length > 0 && group !== 'real') console.log(tableRow(name, scores(own)))
    }
    for (const group of ['null', 'core', 'unseen'] as const) {
      const own = of((s) => s.group === group)
      if (own.length === 0) continue
      console.log(tableRow(`**all ${group}**`, scores(own)))
      console.log(
        tableRow(
          `dummy, all ${group}`,
          own.map((r) => r.dummy),
        ),
      )
    }
    console.log(tableRow('**all**', scores(made)))
  }
  const real = scenarios.filter((s) => s.group === 'real')
  if (results.length > made.length) console.log(`\n${recordedHead()}`)
  for (const { name } of real) {
    const own = of((s) => s.name === name)
    if (own.length === 0) continue
    console.log(recordedRow(name, scores(own)))
    if (own.some((r) => r.score.truths > 0))
      console.log(
        recordedRow(
          `dummy, ${name}`,
          own.map((r) => r.dummy),
        ),
      )
  }
}
