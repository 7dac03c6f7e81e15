import type { AlertKind } from '@/lib/alert/finding'

/** What makes a crowd for a detector that watches one. */
export interface CrowdRules {
  /** Share of turned labels that its CUSUMs look for. */
  readonly turned: number
  /** Origins that are named at least, and the share of the evidence that one of them may have. */
  readonly fewest: number
  readonly mostOfOne: number
  /** What they are accused of; where it is not fixed, how they turn labels decides. */
  readonly kind?: AlertKind
  /** Of people who label, and not of origins. */
  readonly areLabelers?: true
}

export const wreckers: CrowdRules = { turned: 0.5, fewest: 3, mostOfOne: 0.6 }
export const gang: CrowdRules = { ...wreckers, areLabelers: true }

/** Classes and degrees of doubt that are told apart. */
const classes = 8
const doubts = [0.03, 0.1, 0.25]
export const cells = classes * (doubts.length + 1)

/** The cell of a row: the class that is expected of it, and how doubtful that is. */
export function cellOf(favourite: number, p: number): number {
  let doubt = 0
  while (doubt < doubts.length && p >= (doubts[doubt] as number)) doubt++
  return (favourite % classes) * (doubts.length + 1) + doubt
}
