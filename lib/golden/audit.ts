import { seeded, shuffled } from '@/lib/demo/seeded'
import type { GoldenRow } from '@/lib/detect/detector'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import { betaQuantile } from '@/lib/stats/beta-quantile'

/** What a look at the trusted set itself found: whoever poisons that is never found by it. */
export interface GoldenAudit {
  /** Rows that were judged, each by a learner that had not seen it. */
  readonly judged: number
  /** Rows whose label that learner held for nearly impossible, worst first, by their place in the set; at most 100. */
  readonly doubted: readonly {
    readonly row: number
    readonly chance: number
    readonly label: string
    readonly instead: string
  }[]
  /** At most this share of the labels is wrong, with 95 % confidence; null: too few rows to tell. */
  readonly atMost: number | null
  /** Share of planted errors that this would have noticed. */
  readonly noticed: number | null
}

const folds = 5
const mostRows = 2000
/** Fewer teach a learner nothing. */
const leastRows = 300
const rounds = 2
/** A label with less chance than this is doubted. */
const doubtful = 0.05
const bounds = [0.02, 0.05, 0.1, 0.2]
const mostDoubted = 100

/**
 * Audits a trusted set by itself: each fifth is judged by a learner of the other four. Errors are planted in what is judged, to know how many of them
 * would be noticed; what was noticed without planting then bounds how many there are.
 *
 * Bound     c ≤ U(rows under τ) / (planted errors under τ), U the upper 95 % Clopper–Pearson limit, the best of four τ, each at 95 % / 4.
 * Assumes   wrong labels lie on rows like the others. A set poisoned at one place alone, where no clean row lies near, is not bounded by this.
 * Source    Northcutt, Jiang & Chuang 2021 (confident learning) for the judging; Clopper & Pearson 1934.
 */
export function auditGolden(rows: readonly GoldenRow[]): GoldenAudit {
  const labelled = rows.flatMap((row, place) => (row.label === undefined ? [] : [{ row, place, label: row.label }]))
  const taken = shuffled(labelled, seeded(1)).slice(0, mostRows)
  const names = [...new Set(taken.map(({ label }) => String(label)))]
  const none: GoldenAudit = { judged: 0, doubted: [], atMost: null, noticed: null }
  if (taken.length < leastRows || names.length < 2 || names.length > 64) return none
  const own: { place: number; chance: number; label: string; instead: string }[] = []
  const planted: number[] = []
  const uniform = seeded(2)
  for (let fold = 0; fold < folds; fold++) {
    const shadow = startShadow({ config: { task: 'classification', classes: names }, golden: [] })
    const teach = taken.filter((_, i) => i % folds !== fold)
    for (let round = 0; round < rounds; round++)
      for (const { row, label } of teach) {
        judge(shadow, row)
        learn(shadow, row, classIndex(shadow.classes, String(label)), 'golden')
      }
    for (const [i, { row, place, label }] of taken.entries()) {
      if (i % folds !== fold) continue
      const judged = judge(shadow, row)
      if (!judged) continue
      const y = classIndex(shadow.classes, String(label))
      own.push({
        place,
        chance: judged.p[y] as number,
        label: String(label),
        instead: names[judged.favourite] as string,
      })
      const wrong = (y + 1 + Math.floor(uniform() * (names.length - 1))) % names.length
      planted.push(judged.p[wrong] as number)
    }
  }
  const doubted = own.filter(({ chance }) => chance < doubtful).sort((a, b) => a.chance - b.chance || a.place - b.place)
  return {
    judged: own.length,
    doubted: doubted
      .slice(0, mostDoubted)
      .map(({ place, chance, label, instead }) => ({ row: place, chance: Number(chance.toFixed(4)), label, instead })),
    ...boundOf(
      own.map(({ chance }) => chance),
      planted,
    ),
  }
}

function boundOf(own: readonly number[], planted: readonly number[]): Pick<GoldenAudit, 'atMost' | 'noticed'> {
  let best: { atMost: number; noticed: number } | null = null
  for (const bound of bounds) {
    const found = own.filter((chance) => chance < bound).length
    const noticed = planted.filter((chance) => chance < bound).length / planted.length
    if (noticed < 0.05) continue
    const atMost = Math.min(1, betaQuantile(1 - 0.05 / bounds.length, found + 1, own.length - found) / noticed)
    if (!best || atMost < best.atMost) best = { atMost, noticed }
  }
  return best
    ? { atMost: Number(best.atMost.toFixed(4)), noticed: Number(best.noticed.toFixed(3)) }
    : { atMost: null, noticed: null }
}
