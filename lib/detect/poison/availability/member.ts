import { numberOf } from '@/lib/learn/place/recent'

/** One origin as the member of a crowd: what it showed of late, and before. */
export interface Member {
  id: string
  number: number
  firstRow: number
  accused: boolean
  rows: number
  disagreements: number
  expected: number
  /** Of late (half of it from its last 40 rows): labels turned beyond the expected, and rows that could tell. */
  excess: number
  weight: number
  /** CUSUM of the likelihood that half of its labels are turned, nats; where it began, and since: rows, disagreements, and as many as were expected. */
  gain: number
  onsetIndex: number
  onsetTime: number
  since: number
  hits: number
  hoped: number
  /** Excess and weight, as above, by the cell that a row lies in (half of it from the last 40 rows of the cell); empty where cells are not told apart. */
  cells: Float32Array
}

export interface Members {
  /** In order of last use. */
  byId: Map<string, Member>
  refused: number
}

/** Rows after which an origin that was not met before is a newcomer. */
export const settledRows = 1000
export const mostMembers = 4096
const mostLooks = 64
/** Nats from which on a member is not pushed out by new names. */
const evident = 1

export const startMembers = (): Members => ({ byId: new Map(), refused: 0 })

/** @returns the member, made if need be; null when every place has evidence against somebody. */
export function join(members: Members, id: string, row: number, most = mostMembers): Member | null {
  const { byId } = members
  const known = byId.get(id)
  if (known) {
    byId.delete(id)
    byId.set(id, known)
    return known
  }
  if (byId.size >= most && !makePlace(byId)) {
    members.refused++
    return null
  }
  const member = {
    id,
    number: numberOf(id),
    firstRow: row,
    accused: false,
    rows: 0,
    disagreements: 0,
    expected: 0,
    excess: 0,
    weight: 0,
    gain: 0,
    onsetIndex: 0,
    onsetTime: 0,
    since: 0,
    hits: 0,
    hoped: 0,
    cells: new Float32Array(0),
  }
  byId.set(id, member)
  return member
}

function makePlace(byId: Map<string, Member>): boolean {
  let looks = 0
  for (const [id, member] of byId) {
    byId.delete(id)
    if (!member.accused && member.gain < evident) return true
    byId.set(id, member)
    if (++looks >= mostLooks) return false
  }
  return false
}
