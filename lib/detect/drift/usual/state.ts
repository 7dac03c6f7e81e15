import type { KeyOrder } from '@/lib/detect/drift/key-order'
import type { Relations } from '@/lib/detect/drift/usual/relations'

/** What drift/usual/usual-relation keeps of one model. */
export interface UsualRelationState {
  version: number
  baselineRows: number
  /** Rows of the baseline, until it is over. */
  names: string[]
  slots: Map<string, number>
  gathered: number[][]
  times: number[]
  order: KeyOrder | null
  relations: Relations | null
  /** Features said to wander. */
  told: string[]
  /** Unspent mass by scale. */
  pending: Float64Array
}
