import type { Scenario } from '../stream/truth'
import type { Score } from './score'
import { recordedHead, recordedRow, tableHead, tableRow } from './table'

export interface Result {
  readonly score: Score
  readonly dummy: Score
}

const scores = (results: readonly Result[]): Score[] => results.map((r) => r.score)
const dummies = (results: readonly Result[]): Score[] => results.map((r) => r.dummy)

/** Prints a row a scenario as soon as its streams are through, then the sums of each group beside the dummy's. */
export class Report {
  private readonly all: Result[] = []
  private headed = ''

  constructor(
    private readonly scenarios: readonly Scenario[],
    private readonly seeds: number,
  ) {}

  add(result: Result): void {
    this.all.push(result)
    const own = this.all.filter((r) => r.score.name === result.score.name)
    const group = this.groupOf(result)
    if (own.length < this.seeds) return
    const head = group === 'real' ? recordedHead() : tableHead()
    if (head !== this.headed) console.log(`${this.headed ? '\n' : ''}${head}`)
    this.headed = head
    console.log((group === 'real' ? recordedRow : tableRow)(result.score.name, scores(own)))
    if (group === 'real' && result.score.truths > 0)
      console.log(recordedRow(`dummy, ${result.score.name}`, dummies(own)))
  }

  sums(): void {
    const made = this.all.filter((r) => this.groupOf(r) !== 'real')
    if (made.length === 0) return
    console.log(`\n${tableHead()}`)
    for (const group of ['null', 'core', 'unseen'] as const) {
      const own = made.filter((r) => this.groupOf(r) === group)
      if (own.length === 0) continue
      console.log(tableRow(`**all ${group}**`, scores(own)))
      console.log(tableRow(`dummy, all ${group}`, dummies(own)))
    }
    console.log(tableRow('**all**', scores(made)))
  }

  private groupOf(result: Result): Scenario['group'] | undefined {
    return this.scenarios.find((s) => s.name === result.score.name)?.group
  }
}
