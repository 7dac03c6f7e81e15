import { numberOf } from '@/lib/learn/place/recent'

/** How each origin does in all of its rows; at most 4,096, those idle longest make room. */
export interface Sources {
  byId: Map<string, Source>
  /** Carelessness that is usual here, and rows until it is looked at again. */
  usual: number
  untilLook: number
}

export interface Source {
  readonly id: string
  readonly number: number
  /** Line of its first row, and how many rows of all came before. */
  readonly firstIndex: number
  readonly before: number
  rows: number
  /** Disagreements beyond what was expected. */
  excess: number
}

const most = 4096
const lookRows = 512
const knownRows = 60
const knownPeers = 5
const unknown = 0.15

export const startSources = (): Sources => ({ byId: new Map(), usual: unknown, untilLook: lookRows })

/** @returns the origin's record, made if need be. @param rows of all origins so far. */
export function touchSource({ byId }: Sources, id: string, index: number, rows: number): Source {
  const known = byId.get(id)
  if (known) {
    byId.delete(id)
    byId.set(id, known)
    return known
  }
  if (byId.size >= most)
    for (const idle of byId.keys()) {
      byId.delete(idle)
      break
    }
  const made = { id, number: numberOf(id), firstIndex: index, before: rows, rows: 0, excess: 0 }
  byId.set(id, made)
  return made
}

export function noteRow(sources: Sources, source: Source, excess: number): void {
  source.rows++
  source.excess += excess
  if (--sources.untilLook > 0) return
  sources.untilLook = lookRows
  sources.usual = usualOf(sources)
}

/** What 85 % of the rows' sources stay under, and 3 % more. */
function usualOf({ byId }: Sources): number {
  const peers = [...byId.values()].filter(({ rows }) => rows >= knownRows)
  if (peers.length < knownPeers) return unknown
  const rate = (s: Source) => s.excess / (s.rows + 20)
  peers.sort((a, b) => rate(b) - rate(a))
  const total = peers.reduce((sum, { rows }) => sum + rows, 0)
  let above = 0
  for (const peer of peers) {
    above += peer.rows
    if (above > 0.15 * total) return Math.min(0.35, Math.max(0.05, rate(peer) + 0.03))
  }
  return unknown
}

/** Errors at random that are borne of a source: what is usual here, until its own record says what it shows, two standard errors up. */
export function borneBy({ usual }: Sources, { rows, excess }: Source): number {
  if (rows < knownRows) return usual
  const rate = Math.max(0, excess / rows)
  const upper = rate + 2 * Math.sqrt((Math.max(rate, 0.03) * (1 - rate)) / rows) + 0.02
  return Math.min(Math.max(usual, unknown), Math.max(0.05, upper))
}

/** Line of each origin's first row, by its number. */
export function firstLines({ byId }: Sources): Map<number, number> {
  const first = new Map<number, number>()
  for (const { number, firstIndex } of byId.values()) first.set(number, firstIndex)
  return first
}
