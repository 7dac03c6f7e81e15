import type { Column } from '@/lib/learn/inputs/columns'
import { hashStart, hashText, spread } from '@/lib/learn/inputs/hash'

/** Parts of a sketch. */
export const parts = 8
export const seeds = Int32Array.from({ length: parts }, (_, j) => spread(0x9e3779b9 + j) | 1)

/** What a feature adds to a sketch, worked out at its first value: no part of any state, the name and the column alone decide it. */
export interface KnownFeature {
  readonly name: string
  /** Hash of the name, and one for each part. */
  readonly key: number
  readonly keys: Int32Array
  /** By part: by how much its grid is shifted, in cells. */
  readonly shifts: Float64Array
  /** The parts that it bears on, and all of them. */
  readonly some: Int32Array
  readonly every: Int32Array
  /** Of its numbers; null until the first. */
  column: Column | null
  /** Width of a cell; 0 until the column is fixed. */
  width: number
}

/** A row's features, found in the order in which producers send them: nearly always the same. */
interface Known {
  readonly order: KnownFeature[]
  readonly byName: Map<string, KnownFeature>
}

/** Names that are kept; those of a flood beyond are worked out each time. */
const mostNames = 1024
/** Width of a cell: in baseline standard deviations, and as a share of the baseline's median, whichever is more. */
const cell = 0.35
const cellOfMedian = 0.05

const every = Int32Array.from({ length: parts }, (_, j) => j)
const knownBy = new WeakMap<object, Known>()
let last: object | null = null
let ofLast: Known = { order: [], byName: new Map() }

/** @param sketcher whose columns they are. */
export function knownOf(sketcher: object): Known {
  if (sketcher === last) return ofLast
  const known = knownBy.get(sketcher) ?? { order: [], byName: new Map() }
  knownBy.set(sketcher, known)
  last = sketcher
  ofLast = known
  return known
}

/** @param place of the feature in its row. */
export function knownFeature(known: Known, place: number, name: string): KnownFeature {
  let found = known.byName.get(name)
  if (!found) {
    found = makeFeature(name)
    if (known.byName.size >= mostNames) return found
    known.byName.set(name, found)
  }
  known.order[place] = found
  return found
}

function makeFeature(name: string): KnownFeature {
  const key = hashText(hashStart, name)
  const thirds = spread(key)
  return {
    name,
    key,
    keys: seeds.map((seed) => key ^ seed),
    shifts: Float64Array.from(every, (j) => spread(key + j) / 4294967296),
    some: every.filter((j) => ((thirds >>> (3 * j)) & 7) <= 2),
    every,
    column: null,
    width: 0,
  }
}

export const widthOf = ({ mean, sd }: Column): number => Math.max(cell * sd, cellOfMedian * Math.abs(mean))
