import type { CategoryColumn, Columns, NumberColumn, Row } from './columns'
import type { Random } from './random'

/** The world's law: a number for a row, a sum of a few columns' parts. Binary: the logit of the second class. */
export interface Rule {
  readonly terms: readonly { readonly column: NumberColumn; readonly weight: number }[]
  readonly levels: readonly { readonly column: CategoryColumn; readonly effects: ReadonlyMap<unknown, number> }[]
  readonly offset: number
  at(row: Row): number
}

export function rule(terms: Rule['terms'], levels: Rule['levels'], offset: number): Rule {
  return {
    terms,
    levels,
    offset,
    at(row) {
      let sum = offset
      for (const { column, weight } of terms) {
        const value = row.features[column.name]
        if (typeof value === 'number')
          sum += weight * Math.max(-3, Math.min(3, (value - column.median) / column.spread))
      }
      for (const { column, effects } of levels) sum += effects.get(row.features[column.name]) ?? 0
      return sum
    },
  }
}

/** Three to five number columns and one category decide. */
export function anyRule(random: Random, { numbers, categories }: Columns): Rule {
  const chosen = [...numbers].sort(() => random.uniform() - 0.5).slice(0, 3 + random.below(3))
  const terms = chosen.map((column, i) => ({
    column,
    weight: (i === 0 ? 1.8 : 0.3 + random.uniform()) * (random.chance(0.5) ? 1 : -1),
  }))
  const column = random.pick(categories)
  const effects = new Map(column.values.map((value) => [value, 1.2 * random.normal()]))
  return rule(terms, [{ column, effects }], 0.6 * random.normal())
}

/** The same columns with other weights: the strongest turns round and two others change places. */
export function turned(law: Rule): Rule {
  const [first, second, third, ...rest] = law.terms as [Rule['terms'][0], Rule['terms'][0], Rule['terms'][0]]
  return rule(
    [
      { ...first, weight: -first.weight },
      { ...second, weight: third.weight },
      { ...third, weight: second.weight },
      ...rest,
    ],
    law.levels,
    law.offset,
  )
}
