import {
  type Act,
  firstRow,
  labelsOf,
  otherLabel,
  type Row,
  rewrite,
  type Strength,
  type TrainingEvent,
  uniforms,
} from './stage'
import { isIn, type Targeted } from './targeted'

/** What looks like an attack and is none: nobody may be accused. */
const honest = (name: string, staged: { feed: readonly TrainingEvent[]; eventIds: readonly string[] }) => ({
  feed: staged.feed,
  truth: { kind: null, name, subject: {}, eventIds: staged.eventIds },
})

/** The world's rule changes for everybody: the same share of labels turns whoever sends them, in the same place. */
export const changeTheWorld =
  ({ onset, strength, where }: Strength & { readonly where?: Targeted['where'] }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'world')
    const labels = labelsOf(feed)
    return honest(
      'world change',
      rewrite(feed, onset, (row, place) =>
        (where === undefined || isIn(row, where)) && u(2 * place) < strength
          ? { ...row, label: otherLabel(labels, row.label, u(2 * place + 1)) }
          : null,
      ),
    )
  }

/** A careless source: a share of its labels is wrong at random, all the time or from a point on. */
export const careless =
  ({ origin, onset, strength }: Strength & { readonly origin: string }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'careless')
    const labels = labelsOf(feed)
    return honest(
      'careless source',
      rewrite(feed, onset, (row, place) =>
        row.origin.id === origin && u(2 * place) < strength
          ? { ...row, label: otherLabel(labels, row.label, u(2 * place + 1)) }
          : null,
      ),
    )
  }

/** A new source that sends mostly one kind of rows, with right labels. */
export const newcomer =
  ({
    origin,
    onset,
    strength,
    where,
  }: Strength & { readonly origin: string; readonly where?: Targeted['where'] }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'newcomer')
    return honest(
      'newcomer',
      rewrite(feed, onset, (row, place) =>
        (where === undefined || isIn(row, where)) && u(place) < strength ? from(row, origin) : null,
      ),
    )
  }

/** One source gets most rows of a region whose labels are noisy for everyone. */
export const hardRegion =
  ({
    origin,
    onset,
    strength,
    where,
    noise,
  }: Strength & { readonly origin: string; readonly where: Targeted['where']; readonly noise: number }): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'hard-region')
    const labels = labelsOf(feed)
    return honest(
      'hard region',
      rewrite(feed, onset, (row, place) => {
        if (!isIn(row, where)) return null
        const noisy = u(3 * place) < noise ? { ...row, label: otherLabel(labels, row.label, u(3 * place + 1)) } : row
        return u(3 * place + 2) < strength ? from(noisy, origin) : noisy
      }),
    )
  }

/** A stratum that comes and goes: absent, then there, then absent, in equal turns from the onset on. */
export const comesAndGoes =
  ({
    onset,
    where,
    turns,
  }: {
    readonly onset: number
    readonly where: Targeted['where']
    readonly turns: number
  }): Act =>
  (feed) => {
    const start = firstRow(feed, onset)
    const length = Math.max(1, (feed.length - start) / turns)
    const eventIds: string[] = []
    const kept = feed.filter((event, place) => {
      const gone = place >= start && Math.floor((place - start) / length) % 2 === 0 && isIn(event.data, where)
      if (gone) eventIds.push(event.id)
      return !gone
    })
    return honest('a stratum comes and goes', { feed: kept, eventIds })
  }

const from = (row: Row, origin: string): Row => ({ ...row, origin: { id: origin, kind: row.origin.kind } })
