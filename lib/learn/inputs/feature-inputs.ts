import { type EdgeGrid, edgeGrid } from '@/lib/stats/edge-grid'
import type { Column } from './columns'
import { hashInt, hashStart, hashText, spread } from './hash'
import type { Slot } from './slots'

/** Where one feature's values live in the tables, worked out at its first value: no part of any state, the name and the column alone decide it. */
export interface FeatureInputs {
  readonly name: string
  /** Hash of the name. */
  readonly key: number
  column: Column | null
  /** Of a number: its input for the standardised value; null until the column is fixed. */
  numeric: NumericInputs | null
  /** Where trees look for it; null: nowhere; undefined until asked, once the slots are fixed. */
  slot: Slot | null | undefined
}

interface NumericInputs {
  readonly grid: EdgeGrid
  readonly z: number
  /** By bin: its input, the hash of its coarse value, its region. */
  readonly bin: Float64Array
  readonly coarse: Float64Array
  readonly region: Float64Array
}

/** A row's features, found in the order in which producers send them: nearly always the same. */
export interface FeatureOrder {
  readonly order: FeatureInputs[]
  readonly byName: Map<string, FeatureInputs>
}

export const startFeatureOrder = (): FeatureOrder => ({ order: [], byName: new Map() })

/** Names that are kept; those of a flood beyond are worked out each time. */
const maxNames = 4096

/** @param place of the feature in its row. */
export function inputsOf(known: FeatureOrder, place: number, name: string): FeatureInputs {
  const expected = known.order[place]
  if (expected !== undefined && expected.name === name) return expected
  let found = known.byName.get(name)
  if (!found) {
    found = { name, key: hashText(hashStart, name), column: null, numeric: null, slot: undefined }
    if (known.byName.size >= maxNames) return found
    known.byName.set(name, found)
  }
  if (place < maxNames) known.order[place] = found
  return found
}

/** @param mask of the table of inputs. @param regionMask of that of regions. */
export function numericInputs(key: number, edges: Float64Array, mask: number, regionMask: number): NumericInputs {
  const byBin = (of: (bin: number) => number) => Float64Array.from({ length: edges.length + 1 }, (_, bin) => of(bin))
  return {
    grid: edgeGrid(edges),
    z: spread(hashInt(key, 0x7a)) & mask,
    bin: byBin((bin) => spread(hashInt(hashInt(key, 0x62), bin)) & mask),
    coarse: byBin((bin) => hashInt(hashInt(key, 0x71), bin >> 1)),
    region: byBin((bin) => spread(hashInt(hashInt(key, 0x72), bin >> 2)) & regionMask),
  }
}
