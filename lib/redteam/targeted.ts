import { type Act, type Row, rewrite, type Strength, uniforms } from './stage'

/** One sub-population is pulled to a label; everything else stays as it is, so that totals hardly move. */
export interface Targeted extends Strength {
  readonly origins: readonly string[]
  /** The sub-population: one value of a feature or of a segment. */
  readonly where: { readonly feature: string; readonly value: string | number | boolean }
  readonly to: string | number
}

export const isIn = (row: Row, where: Targeted['where']): boolean =>
  row.features[where.feature] === where.value || row.segment?.[where.feature] === where.value

export const pullOnePopulation =
  ({ origins, where, to, onset, strength }: Targeted): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'targeted')
    const staged = rewrite(feed, onset, (row, place) => {
      if (!origins.includes(row.origin.id) || !isIn(row, where) || row.label === to) return null
      return u(place) < strength ? { ...row, label: to } : null
    })
    const [origin] = origins
    const subject =
      origins.length === 1 && origin !== undefined
        ? { origin, label: to, pattern: `${where.feature}=${where.value}` }
        : { origins, label: to, pattern: `${where.feature}=${where.value}` }
    return {
      feed: staged.feed,
      truth: { kind: 'poison.targeted', name: 'targeted', subject, eventIds: staged.eventIds },
    }
  }
