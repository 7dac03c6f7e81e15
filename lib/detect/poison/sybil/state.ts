import { type Common, unknown } from '@/lib/detect/poison/borne'
import type { Label } from '@/lib/event/types'
import { type Alike, startAlike } from './alike'
import { type Clusters, startClusters } from './clusters'
import type { Seat } from './seats'
import { type Pairs, startPairs } from './ties'

/** All that the detector keeps between events. */
export interface SybilState extends Common {
  /** Training rows that came. */
  rows: number
  /** Origins, in order of last use. */
  seats: Map<string, Seat>
  clusters: Clusters
  /** The cluster of those who are born now, and the row at which it began. */
  wave: { key: number; row: number }
  /** Small origins of the last rows. */
  late: Seat[]
  pairs: Pairs
  alike: Alike
  /** Shares of rows, of late, that repeat a row of another origin, and that lie beside one. */
  copied: number
  beside: number
  /** How careless origins are here (../borne.ts), and rows until it is worked out anew. */
  careless: number
  tilt: number
  untilCareless: number
  names: readonly Label[]
}

export const startSybilState = (): SybilState => ({
  rows: 0,
  seats: new Map(),
  clusters: startClusters(),
  wave: { key: -1, row: 0 },
  late: [],
  pairs: startPairs(),
  alike: startAlike(),
  copied: 0,
  beside: 0,
  ...unknown,
  untilCareless: 512,
  wrong: 0,
  expected: 0,
  names: [],
})
