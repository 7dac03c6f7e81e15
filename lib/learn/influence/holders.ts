import { addMoments, type Moments, startMoments } from './moments'

/** The rows of one source or labeler, summed, with what is told of it on screens. */
export interface Holder {
  moments: Moments
  /** Sum over its rows of what each did to the loss on the panel, first order: above 0 it hurts. */
  influence: number
  /** The same, had every label of its rows been the worst there is: as far as it could have moved the model. */
  reach: number
}

/** At most `most` holders; the rows of one that makes room are summed up with the rest. */
export interface Holders {
  byId: Map<string, Holder>
  rest: Moments
}

export const startHolders = (outputs: number): Holders => ({ byId: new Map(), rest: startMoments(outputs) })

/** @returns the holder, which may take the place of the one with the fewest rows: names that come in a flood push out one another, never a source of many rows. */
export function holderOf(holders: Holders, id: string, outputs: number, most: number): Holder {
  const known = holders.byId.get(id)
  if (known) return known
  if (holders.byId.size >= most) makeRoom(holders)
  const holder = { moments: startMoments(outputs), influence: 0, reach: 0 }
  holders.byId.set(id, holder)
  return holder
}

function makeRoom(holders: Holders): void {
  let least: [string, Holder] | null = null
  for (const entry of holders.byId) if (!least || entry[1].moments.rows < least[1].moments.rows) least = entry
  if (!least) return
  addMoments(holders.rest, least[1].moments)
  holders.byId.delete(least[0])
}
