import { row } from '../../drift/score/table'
import { head, type Result, tableRow } from './table'

const fewestForSums = 4

/** Prints a line a scenario as soon as its streams are through, then the sums: by attack, by base, and honest accusations per 100,000 lines. */
export class Report {
  private readonly all: Result[] = []
  private headed = false

  add(results: readonly Result[]): void {
    if (results.length === 0) return
    if (!this.headed) console.log(head())
    this.headed = true
    this.all.push(...results)
    console.log(tableRow(results[0]?.score.name ?? '', results))
  }

  sums(): void {
    if (new Set(this.all.map((result) => result.score.name)).size < fewestForSums) return
    for (const real of [false, true]) {
      const some = this.all.filter((result) => result.score.real === real)
      if (some.length === 0) continue
      const kind = real ? 'recorded' : 'made'
      for (const by of ['attack', 'base'] as const) {
        console.log(`\n${kind} rows, by ${by}\n\n${head()}`)
        for (const name of new Set(some.map((result) => result.score[by])))
          console.log(
            tableRow(
              name,
              some.filter((result) => result.score[by] === name),
            ),
          )
      }
      console.log(`\n${kind} rows: attack (rows) named by base (columns)\n`)
      this.cross(some)
      const attacked = some.filter((result) => result.score.due)
      const honest = some.filter((result) => !result.score.due)
      console.log(`\n${head()}\n${tableRow(`**all ${kind}, attacked**`, attacked)}`)
      console.log(tableRow(`**all ${kind}, honest**`, honest))
      console.log(`\n${accusations(kind, honest)}\n${accusations(`dummy, ${kind}`, honest, 'dummy')}`)
    }
  }

  private cross(some: readonly Result[]): void {
    const columns = [...new Set(some.map((result) => result.score.base))]
    console.log(`${row(['', ...columns])}\n${row(['---', ...columns.map(() => '---')])}`)
    for (const attack of new Set(some.map((result) => result.score.attack))) {
      const cells = columns.map((base) => {
        const own = some.filter(({ score }) => score.attack === attack && score.base === base).map(({ score }) => score)
        if (own.length === 0) return ''
        const wrong = own.reduce((sum, s) => sum + s.wrong.length, 0)
        const named = own[0]?.due ? `${own.filter((s) => s.found).length}/${own.length}` : wrong ? '' : '✓'
        return `${named}${wrong ? ` !${wrong}` : ''}`
      })
      console.log(row([attack, ...cells]))
    }
  }
}

function accusations(kind: string, honest: readonly Result[], whose: 'score' | 'dummy' = 'score'): string {
  const lines = honest.reduce((sum, result) => sum + result.score.lines, 0)
  const wrong = honest.reduce((sum, result) => sum + result[whose].wrong.length, 0)
  return `${kind}: ${wrong} accusations in ${lines} honest lines, ${((1e5 * wrong) / Math.max(1, lines)).toFixed(2)} per 100,000`
}
