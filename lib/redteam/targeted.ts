import { type Act, labelsOf, type Row, rewrite, type Strength, type Turn, turn, uniforms } from './stage'

/** One sub-population is pulled to a label; everything else stays as it is, so that totals hardly move. */
export interface Targeted extends Strength, Turn {
  readonly origins: readonly string[]
  /** The sub-population: one value of a feature or of a segment. */
  readonly where: { readonly feature: string; readonly value: string | number | boolean }
}

export const isIn = (row: Row, where: Targeted['where']): boolean =>
  row.features[where.feature] === where.value || row.segment?.[where.feature] === where.value

export const pullOnePopulation =
  ({ origins, where, onset, strength, ...how }: Targeted): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'targeted')
    const labels = labelsOf(feed)
    const staged = rewrite(feed, onset, (row, place) => {
      if (!origins.includes(row.origin.id) || !isIn(row, where) || u(2 * place) >= strength) return null
      const label = turn(labels, row.label, how, u(2 * place + 1))
      return label === row.label ? null : { ...row, label }
    })
    const [origin] = origins
    const what = { pattern: `${where.feature}=${where.value}`, ...(how.to === undefined ? {} : { label: how.to }) }
    const subject = origins.length === 1 && origin !== undefined ? { origin, ...what } : { origins, ...what }
    return {
      feed: staged.feed,
      truth: { kind: 'poison.targeted', name: 'targeted', subject, eventIds: staged.eventIds },
    }
  }
