import { type Act, firstRow, labelsOf, type Strength, type Turn, turn, uniforms } from './stage'

/** Accounts of one hand, each too small to stand out: from the onset on they come to life together now and then, and each sends a row. */
export interface Sybils extends Strength, Turn {
  readonly origins: readonly string[]
  /** Times that they come to life, evenly over what is left of the feed: so many rows each of them sends. */
  readonly bursts: number
  /** Rows of the feed within which all of them have sent theirs. */
  readonly burstRows: number
}

/** `strength` is the share of their labels that are turned; with none of them they are a team that starts on one day, honest. */
export const playSybils =
  ({ origins, onset, strength, bursts, burstRows, ...how }: Sybils): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'sybils')
    const labels = labelsOf(feed)
    const from = firstRow(feed, onset)
    const gap = (feed.length - from) / bursts
    const out = [...feed]
    const eventIds: string[] = []
    const taken = new Set<number>()
    for (let burst = 0; burst < bursts; burst++)
      for (const [i, id] of origins.entries()) {
        const n = burst * origins.length + i
        let place = Math.floor(from + burst * gap + u(3 * n) * burstRows)
        while (taken.has(place)) place++
        const event = out[place]
        if (!event) continue
        taken.add(place)
        // Nobody else's labeler is framed.
        const { labeler: _, ...row } = event.data
        const label = u(3 * n + 1) < strength ? turn(labels, row.label, how, u(3 * n + 2)) : row.label
        eventIds.push(event.id)
        out[place] = { ...event, data: { ...row, origin: { id, kind: row.origin.kind }, label } }
      }
    const oneWay = how.to !== undefined || how.by !== undefined
    const kind = strength === 0 ? null : oneWay ? 'poison.label_flip' : 'poison.availability'
    const name = strength === 0 ? 'a team starts' : 'sybils'
    return { feed: out, truth: { kind, name, subject: kind ? { origins } : {}, eventIds } }
  }
