import { type FlagOnset, flagOnset } from '@/lib/detect/quality/flag-hits'
import { backNats, levelSince } from '@/lib/detect/quality/flag-settle'
import { type FlagUnit, moreOfRarer } from '@/lib/detect/quality/flag-unit'
import { reportEvidence } from '@/lib/evidence/report'

/** What is known of a flag whose evidence has passed; shares are of flagged rows among those read. */
export interface FlagCrossing {
  onsetRow: number
  rows: number
  /** Flagged rows since the onset, their share then and before, and the level's own rows. */
  up: number
  now: number
  before: number
  beforeRows: number
  /** |now − before| less what chance alone makes of it. */
  effect: number
  logE: number
  threshold: number
  /** The approved level is back: no finding. */
  back: boolean
}

export function flagCrossing(unit: FlagUnit, row: number): FlagCrossing {
  const more = moreOfRarer(unit)
  const onset: FlagOnset = flagOnset(unit.hits, more, unit.armedRow, row, unit.seen, unit.expected)
  const rows = Math.max(1, onset.rows)
  const flip = (n: number) => (unit.rarer === 1 ? n : rows - n)
  const up = flip(onset.came)
  const now = up / rows
  // The share of the rows themselves, where all rows are alike; else what was due in those strata.
  const before = unit.strata === 'none' ? unit.levelUp / Math.max(1, unit.levelRows) : flip(onset.expected) / rows
  const chance = Math.sqrt((2 / Math.PI) * before * (1 - before) * (1 / rows + 1 / Math.max(1, unit.levelRows)))
  const level = levelSince(unit)
  const likelier =
    unit.provisional &&
    up * Math.log(unit.approved / level) + (rows - up) * Math.log((1 - unit.approved) / (1 - level)) > 4
  return {
    onsetRow: onset.row,
    rows,
    up,
    now,
    before,
    beforeRows: unit.levelRows,
    effect: Math.max(0, Math.abs(now - before) - chance),
    ...reportEvidence(unit.evidence),
    back: unit.provisional && (unit.back >= backNats || likelier),
  }
}
