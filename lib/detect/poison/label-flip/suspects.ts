import { run, runLength } from './run'
import type { Unit } from './unit'

/** A row that speaks against a unit. */
export interface Suspect {
  id: string
  index: number
  timeMs: number
  y: number
  /** 1 − the chance of its label. */
  suspicion: number
  /** Number of its labeler (of an origin's unit) or origin (of a labeler's); -1: none. */
  partner: number
}

/** Keeps the `most` worst. */
export function suspect(unit: Unit, row: Suspect, most = 1000): void {
  unit.suspects.push(row)
  if (unit.suspects.length <= most) return
  let least = 0
  for (let i = 1; i < unit.suspects.length; i++)
    if ((unit.suspects[i] as Suspect).suspicion < (unit.suspects[least] as Suspect).suspicion) least = i
  unit.suspects.splice(least, 1)
}

/** Rows from before every run that goes on implicate nobody. */
export function forgetOld(unit: Unit): void {
  let oldest = Number.POSITIVE_INFINITY
  for (let at = 0; at < unit.runs.length; at += runLength)
    if ((unit.runs[at] as number) > 0) oldest = Math.min(oldest, unit.runs[at + run.onsetIndex] as number)
  if ((unit.suspects[0] as Suspect).index < oldest) unit.suspects = unit.suspects.filter((row) => row.index >= oldest)
}
