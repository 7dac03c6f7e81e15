import { addMoments, type Moments, startMoments } from './moments'

/** The rows of one source or labeler, summed, with what is told of it on screens. */
export interface Holder {
  moments: Moments
  /** Sum over its rows of what each did to the loss on the panel, first order: above 0 it hurts. */
  influence: number
  /** The same, had every label of its rows been the worst there is: as far as it could have moved the model. */
  reach: number
}

/**
 * At most `most` holders. Once the table is full, the rows of a newcomer are summed up with the rest until it has more of them than the smallest holder,
 * which then makes room: names that come in a flood push out nobody.
 */
export interface Holders {
  byId: Map<string, Holder>
  rest: Moments
  /** Rows of those who wait for a place. */
  waiting: Map<string, number>
  /** Rows of the smallest holder when that was last looked up: it has no fewer now. */
  least: number
}

/** Sources and labelers that have sums of their own. */
export const mostOrigins = 64
export const mostLabelers = 32
const mostWaiting = 512

export const startHolders = (outputs: number): Holders => ({
  byId: new Map(),
  rest: startMoments(outputs),
  waiting: new Map(),
  least: 0,
})

/** @returns the holder; null for a newcomer without a place. */
export function holderOf(holders: Holders, id: string, outputs: number, most: number): Holder | null {
  const known = holders.byId.get(id)
  if (known) return known
  if (holders.byId.size >= most && !mayCome(holders, id)) return null
  const holder = { moments: startMoments(outputs), influence: 0, reach: 0 }
  holders.byId.set(id, holder)
  return holder
}

function mayCome(holders: Holders, id: string): boolean {
  const { waiting, byId } = holders
  const rows = (waiting.get(id) ?? 0) + 1
  waiting.delete(id)
  waiting.set(id, rows)
  if (waiting.size > mostWaiting)
    for (const [oldest] of waiting) {
      waiting.delete(oldest)
      break
    }
  if (rows <= holders.least) return false
  let smallest: [string, Holder] | null = null
  for (const entry of byId) if (!smallest || entry[1].moments.rows < smallest[1].moments.rows) smallest = entry
  if (!smallest) return false
  holders.least = smallest[1].moments.rows
  if (rows <= holders.least) return false
  addMoments(holders.rest, smallest[1].moments)
  byId.delete(smallest[0])
  waiting.delete(id)
  return true
}
