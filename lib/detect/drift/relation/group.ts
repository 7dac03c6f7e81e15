import {
  type Crossing,
  completeBaseline,
  holdRows,
  type NumericUnit,
  skipRow,
  startNumericUnit,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import { reportEvidence } from '@/lib/evidence/report'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * Several numeric series that measure one thing (a text, an embedding): a change of the thing moves some of them, and is said once. Then all
 * go on from the level since its onset.
 */
export interface SeriesGroup {
  names: string[]
  units: NumericUnit[]
  /** Row of the last alarm. */
  saidRow: number
}

const heldRows = 8192
const recentRows = 2048
const fewest = 50

export const startGroup = (names: readonly string[]): SeriesGroup => ({
  names: [...names],
  units: names.map(() => startNumericUnit(0, 'both', recentRows)),
  saidRow: -1,
})

/** A row of the baseline; values in the order of the names. */
export function gatherGroup(
  group: SeriesGroup,
  values: ArrayLike<number>,
  { row, stratum }: Frame,
  timeMs: number,
): void {
  for (let i = 0; i < group.units.length; i++)
    if (Number.isFinite(values[i]))
      watchValue(group.units[i] as NumericUnit, row, values[i] as number, 0, 0.5, stratum, timeMs)
}

export function completeGroup(group: SeriesGroup, { row, cells }: Frame): void {
  for (const unit of group.units) {
    holdRows(unit, heldRows)
    completeBaseline(unit, row, fewest, cells)
  }
}

export const groupIsOff = (group: SeriesGroup): boolean => group.units.every((unit) => unit.phase === 'off')

/** What came of a row: the series that crossed first and is to be said, and the onset of one that went back to its baseline. */
export interface GroupStep {
  crossed: { name: string; crossing: Crossing } | null
  returnedFrom: number | null
}

/** Takes a row's values with its restart mass; `u` is uniform and its own for this row. */
export function watchGroup(
  group: SeriesGroup,
  values: ArrayLike<number>,
  mass: number,
  u: number,
  { row, stratum }: Frame,
  timeMs: number,
): GroupStep {
  const step: GroupStep = { crossed: null, returnedFrom: null }
  let live = 0
  for (const unit of group.units) if (unit.phase !== 'off') live++
  let place = u
  for (let i = 0; i < group.units.length; i++) {
    const unit = group.units[i] as NumericUnit
    place += goldenStep
    if (place >= 1) place -= 1
    if (unit.phase === 'off' || !Number.isFinite(values[i])) {
      skipRow(unit, row)
      continue
    }
    const own = Math.min(1 - 1e-16, Math.max(1e-16, place))
    const crossing = watchValue(unit, row, values[i] as number, mass / live, own, stratum, timeMs)
    if (crossing && !step.crossed && crossing.onsetRow > group.saidRow)
      step.crossed = { name: group.names[i] as string, crossing }
    else if (!crossing && unit.returnedRow === row) step.returnedFrom = unit.onsetRow
  }
  if (step.crossed) {
    group.saidRow = row
    settleAll(group, step.crossed.crossing.onsetRow, row)
  }
  return step
}

/** What moved has moved all of them, some too little to show yet: each goes on from the level since the onset. */
function settleAll(group: SeriesGroup, onsetRow: number, row: number): void {
  for (const unit of group.units) {
    if (unit.phase !== 'armed') continue
    unit.phase = 'settling'
    unit.provisional = true
    unit.onsetRow = onsetRow
    unit.settled = row - onsetRow + 1
  }
}

export function skipGroup(group: SeriesGroup, row: number): void {
  for (const unit of group.units) skipRow(unit, row)
}

/** The series nearest to its alarm. */
export function groupStanding(group: SeriesGroup): { logE: number; threshold: number; n: number } | null {
  let worst: { logE: number; threshold: number; n: number } | null = null
  for (const unit of group.units) {
    if (unit.phase === 'gathering' || unit.phase === 'off') continue
    const own = { ...reportEvidence(unit.evidence), n: unit.evidence.updates }
    if (!worst || own.logE - own.threshold > worst.logE - worst.threshold) worst = own
  }
  return worst
}
