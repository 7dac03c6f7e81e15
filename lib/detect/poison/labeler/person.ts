import { type Evidence, multiply, startEvidence } from '@/lib/evidence/e-detector'
import { numberOf } from '@/lib/learn/place/recent'

/** Rows, disagreements, expected disagreements. */
export type Side = [rows: number, hits: number, expected: number]

/** What one person, a labeler or a source, got wrong. */
export interface Person {
  kind: 'origin' | 'labeler'
  id: string
  number: number
  accused: boolean
  rows: number
  disagreements: number
  expected: number
  evidence: Evidence
  /** CUSUM of the likelihood, nats; where it began, and what was seen since. */
  gain: number
  onsetIndex: number
  onsetTime: number
  since: number
  hits: number
  hoped: number
  /** Rows, disagreements and expected ones since then, where the learner's favourite is the usual class and where it is another. */
  usual: Side
  unusual: Side
  /** It was said. */
  said: boolean
  nextLook: number
}

/** Errors at random in these shares of the rows. */
const shares = [0.1, 0.2, 0.35, 0.6] as const
const datingShare = 1

export const startPerson = (kind: Person['kind'], id: string): Person => ({
  kind,
  id,
  number: numberOf(id),
  accused: false,
  rows: 0,
  disagreements: 0,
  expected: 0,
  evidence: startEvidence(shares.length),
  gain: 0,
  onsetIndex: 0,
  onsetTime: 0,
  since: 0,
  hits: 0,
  hoped: 0,
  usual: [0, 0, 0],
  unusual: [0, 0, 0],
  said: false,
  nextLook: 0,
})

/** A judged row: chance of disagreement, the most that peers show, whether it disagrees, and whether the favourite is the usual class. */
export interface Look {
  readonly p: number
  readonly bound: number
  readonly turned: number
  readonly hit: boolean
  readonly isUsual: boolean
  readonly index: number
  readonly timeMs: number
}

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const times = multiply
const most = 1e300

/** @returns its evidence; it suffices at 1. */
export function weighPerson(
  record: Person,
  { p, bound, turned, hit, isUsual, index, timeMs }: Look,
  mass: number,
): number {
  const { evidence } = record
  const { m } = evidence
  evidence.mass += mass
  evidence.updates++
  let dating = 1
  for (let n = 0; n < shares.length; n++) {
    const share = shares[n] as number
    const q = Math.min(0.99, p + share * Math.max(0, turned - p))
    const e = q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)
    times(m, n, e, mass / shares.length)
    if (n === datingShare) dating = e
  }
  if (record.gain === 0) {
    record.onsetIndex = index
    record.onsetTime = timeMs
    record.since = record.hits = record.hoped = 0
    record.usual.fill(0)
    record.unusual.fill(0)
  }
  record.gain = Math.max(0, record.gain + Math.log(dating))
  record.rows++
  record.expected += p
  record.since++
  record.hoped += p
  const side = isUsual ? record.usual : record.unusual
  side[0]++
  side[2] += p
  if (hit) {
    record.disagreements++
    record.hits++
    side[1]++
  }
  let total = 0
  for (let n = 0; n < m.length; n++) total += m[n] as number
  return Math.min(most, total)
}
