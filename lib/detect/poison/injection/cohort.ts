/**
 * Rows of new voices that are near copies of anything at all: a crowd of new accounts that repeats what others said, each row another row, is no group
 * that grows, but new voices with nothing of their own to say.
 *
 * Null      a new voice's row is a copy with twice the chance that an old one's was of late, or new ones' were before, and .02 on top.
 * Evidence  M ← e·(M + mass) for each row of a new voice, bets on copies in 60 and 95 % of them.
 */
export interface Cohort {
  /** Share of copies among rows of old voices, of late. */
  old: number
  oldRows: number
  /** Rows of new voices, and copies among them: those that are usual, and those of the run that goes on. */
  rows: number
  copies: number
  m: Float64Array
  run: Copy[]
  runRows: number
  accused: string[]
}

export interface Copy {
  readonly row: number
  readonly id: string
  readonly origin: string
  readonly index: number
  readonly timeMs: number
}

const shares = [0.6, 0.95] as const
const memory = 500
const mostRun = 1000
const priorRows = 20
const slack = { times: 2, plus: 0.02 }
const leastOldRows = 200
/** Where copies of texts are common they come in bursts, campaign by campaign, and numbers of one time are alike: then only groups are judged (./groups.ts). */
export const mostUsual = { words: 0.12, features: 0.25 } as const

export const startCohort = (): Cohort => ({
  old: 0,
  oldRows: 0,
  rows: 0,
  copies: 0,
  m: new Float64Array(shares.length),
  run: [],
  runRows: 0,
  accused: [],
})

/** A row of an old voice, or of one that is new before the new are watched: what is usual. */
export function learnCopy(cohort: Cohort, copied: boolean, isNew: boolean): void {
  if (isNew) {
    cohort.rows++
    if (copied) cohort.copies++
    return
  }
  cohort.oldRows++
  cohort.old += ((copied ? 1 : 0) - cohort.old) / Math.min(memory, cohort.oldRows)
}

/** A row of a new voice: `copy` when it is a copy; `most`: the chance of one from which on they are common. @returns ΣM; it suffices at 1. */
export function weighCopy(cohort: Cohort, copy: Copy | null, most: number, mass: number): number {
  if (cohort.oldRows < leastOldRows) return 0
  const p = usualShare(cohort)
  if (p > most) {
    learnRun(cohort, copy)
    return 0
  }
  let total = 0
  for (let b = 0; b < shares.length; b++) {
    const a = shares[b] as number
    const e = a <= p ? 1 : copy ? a / p : (1 - a) / (1 - p)
    const m = Math.min(1e300, e * ((cohort.m[b] as number) + mass / shares.length))
    cohort.m[b] = m
    total += m
  }
  cohort.runRows++
  if (copy) {
    cohort.run.push(copy)
    if (cohort.run.length > mostRun) cohort.run.shift()
  }
  if (total <= 1.5 * mass) endRun(cohort)
  return total
}

function learnRun(cohort: Cohort, copy: Copy | null): void {
  endRun(cohort)
  cohort.m.fill(0)
  learnCopy(cohort, copy !== null, true)
}

/** Chance at most of a copy among honest rows of new voices. */
export function usualShare({ copies, rows, old }: Cohort): number {
  const before = (copies + priorRows * old) / (rows + priorRows)
  return Math.min(0.9, slack.times * Math.max(old, before) + slack.plus)
}

/** What the run held is usual. */
function endRun(cohort: Cohort): void {
  cohort.rows += cohort.runRows
  cohort.copies += cohort.run.length
  cohort.run = []
  cohort.runRows = 0
}

/** It was accused: no example of what is usual. */
export function settleCohort(cohort: Cohort): void {
  cohort.run = []
  cohort.runRows = 0
  cohort.m.fill(0)
}
