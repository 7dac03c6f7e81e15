import type { Row } from '@/lib/redteam/stage'
import { keySeed } from '@/lib/stats/hash-uniform'
import { type Random, seededRandom } from '../../drift/stream/random'
import { isThere, loadSet, type RealRow, type SetName } from '../sets'
import { asFeed, type BaseMaker, rowsOfFeed } from './base'
import { dealer, zipfSources } from './sources'

/** How a recorded set becomes a feed: who its rows come from where it does not say, and which column is the label. */
interface Shape {
  readonly name: string
  readonly set: SetName
  readonly sources: number
  readonly people?: 'origin' | 'labeler'
  /** A numeric column to be learned in place of the class. */
  readonly target?: string
  readonly segment?: (row: RealRow) => Row['segment']
}

const season = (row: RealRow) => ({ warmth: Number(row.row.features?.temp) > 60 ? 'warm' : 'cold' })
const part = (row: RealRow) => ({
  part: ['night', 'morning', 'day', 'evening'][Math.min(3, Math.floor(4 * Number(row.row.features?.period)))] as string,
})
const shapes: readonly Shape[] = [
  { name: 'sms', set: 'sms', sources: 25 },
  { name: 'youtube', set: 'youtube', sources: 0, people: 'origin' },
  { name: 'noaa', set: 'noaa', sources: 30, segment: season },
  { name: 'noaa-temp', set: 'noaa', sources: 30, target: 'temp' },
  { name: 'elec2', set: 'elec2', sources: 40, segment: part },
  { name: 'elec2-demand', set: 'elec2', sources: 30, target: 'nswdemand', segment: part },
  { name: 'rte', set: 'rte', sources: 0, people: 'labeler' },
]

/** Recorded rows in their own order where they have one; sources by their natural key where there is one, else dealt by Zipf. */
const made = (shape: Shape): BaseMaker => ({
  name: shape.name,
  real: true,
  make(seed) {
    const random = seededRandom(`poison ${shape.name} ${seed}`)
    const all = loadSet(shape.set, keySeed(`${shape.name} ${seed}`))
    const kept = Math.min(all.length, rowsOfFeed + 1500)
    const start = random.below(all.length - kept + 1)
    const rows = all.slice(start, start + kept)
    const who = sourcesOf(shape, random)
    const shaped = rows.map((real) => rowOf(shape, real, who()))
    // Every so manieth row is kept apart: what is known to be clean, and what the model is asked.
    const apart = Math.max(12, Math.floor(kept / 1500))
    return {
      name: shape.name,
      real: true,
      feed: asFeed(shaped.filter((_, i) => i % apart !== 0)),
      clean: shaped.filter((_, i) => i % apart === 0),
      config: { task: shape.target ? 'regression' : 'classification' },
      ...(shape.set === 'rte' ? { careless: weakOf(rows) } : {}),
    }
  },
})

function sourcesOf({ sources }: Shape, random: Random): () => Row['origin'] {
  if (sources === 0) return () => ({ id: 'crowd', kind: 'platform' })
  const some = zipfSources(random, sources)
  const deal = dealer(random, some.weights)
  return () => ({ id: some.ids[deal()] as string, kind: some.kind })
}

function rowOf(shape: Shape, real: RealRow, origin: Row['origin']): Row {
  const { [shape.target ?? '']: target, ...features } = real.row.features ?? {}
  const segment = shape.segment?.(real)
  return {
    model: shape.name,
    origin: shape.people === 'origin' ? { id: real.author ?? '', kind: 'user' } : origin,
    ...(shape.people === 'labeler' ? { labeler: real.author ?? '' } : {}),
    features: shape.target ? features : (real.row.features ?? {}),
    ...(real.row.text === undefined ? {} : { text: real.row.text }),
    ...(segment ? { segment } : {}),
    label: shape.target ? Number(target) : real.label,
  }
}

/** Workers who agree with the majority of their items in less than two of three. */
function weakOf(rows: readonly RealRow[]): string[] {
  const votes = new Map<string, number>()
  for (const { row, label } of rows)
    votes.set(row.text ?? '', (votes.get(row.text ?? '') ?? 0) + (label === 'yes' ? 1 : -1))
  const agrees = new Map<string, { n: number; right: number }>()
  for (const { row, label, author = '' } of rows) {
    const at = agrees.get(author) ?? { n: 0, right: 0 }
    at.n++
    if ((votes.get(row.text ?? '') ?? 0) >= 0 === (label === 'yes')) at.right++
    agrees.set(author, at)
  }
  return [...agrees].filter(([, { n, right }]) => n >= 20 && right / n < 0.7).map(([id]) => id)
}

export const reals: readonly BaseMaker[] = shapes.filter(({ set }) => isThere(set)).map(made)
