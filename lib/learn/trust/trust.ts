import type { TrainingData } from '@/lib/event/types'
import type { Active } from '@/lib/learn/inputs/encode'

/** Whose rows are not believed: of an origin, of a labeler, or those that bear all of these inputs (./encode.ts) and this label. */
export type Suspect =
  | { readonly origin: string }
  | { readonly labeler: string }
  | { readonly inputs: readonly number[]; readonly y: number }

/** Everybody who is distrusted. Accusations are few; the oldest make room when there are more than `most`. */
export interface Trust {
  origins: Set<string>
  labelers: Set<string>
  patterns: { inputs: number[]; y: number }[]
}

const most = 10_000
const mostPatterns = 200

export const startTrust = (): Trust => ({ origins: new Set(), labelers: new Set(), patterns: [] })

/** @returns whether that is news. */
export function noteDistrust(trust: Trust, who: Suspect): boolean {
  if ('origin' in who) return add(trust.origins, who.origin)
  if ('labeler' in who) return add(trust.labelers, who.labeler)
  const key = who.inputs.join()
  if (trust.patterns.some(({ inputs, y }) => y === who.y && inputs.join() === key)) return false
  trust.patterns.push({ inputs: [...who.inputs], y: who.y })
  if (trust.patterns.length > mostPatterns) trust.patterns.shift()
  return true
}

/** @param active inputs of the row; null while there are none. */
export function isDistrusted(trust: Trust, data: TrainingData, active: Active | null, y: number): boolean {
  if (trust.origins.has(data.origin.id)) return true
  if (data.labeler !== undefined && trust.labelers.has(data.labeler)) return true
  return active !== null && trust.patterns.some((p) => p.y === y && bears(active, p.inputs))
}

export function bears(
  row: { readonly count: number; readonly index: Uint16Array },
  inputs: readonly number[],
): boolean {
  for (const input of inputs) {
    let found = false
    for (let i = 0; i < row.count && !found; i++) found = row.index[i] === input
    if (!found) return false
  }
  return true
}

function add(set: Set<string>, id: string): boolean {
  if (set.has(id)) return false
  set.add(id)
  if (set.size > most) for (const oldest of set) return set.delete(oldest)
  return true
}
