import type { Crowd } from './crowd'
import { type Member, settledRows } from './member'
import { type CrowdRules, cells } from './rules'

/** What an origin, or all newcomers, showed so far: the share of labels that they turn, and since when. */

/** Pseudo-rows behind what is thought of an origin before it has shown anything. */
const priorRows = 6
const priorRowsOfCell = 3
const lowestRate = 0.15
const keepOwn = 0.9828
const keepNewcomers = 0.9954

/** Share of its labels that the origin turned so far in its run, if it does. */
export const rateOf = ({ since, hits, hoped }: Member, { turned }: CrowdRules) =>
  Math.min(0.95, Math.max(lowestRate, (hits - hoped + priorRows * turned) / (since - hoped + priorRows)))

/** The same among the rows of a cell. @param of a member's cells, or those of all who came late. */
export function rateIn(of: Float32Array, cell: number, general: number): number {
  if (of.length === 0) return general
  const excess = of[2 * cell] as number
  const weight = of[2 * cell + 1] as number
  return Math.min(0.95, Math.max(0, (excess + priorRowsOfCell * general) / (weight + priorRowsOfCell)))
}

function noteCell(of: Float32Array, cell: number, excess: number, weight: number, keep: number): Float32Array {
  const to = of.length === 0 ? new Float32Array(2 * cells) : of
  to[2 * cell] = (to[2 * cell] as number) * keep + excess
  to[2 * cell + 1] = (to[2 * cell + 1] as number) * keep + weight
  return to
}

export const partOfNew = ({ newcomers: { excess, weight } }: Crowd) =>
  Math.min(0.9, Math.max(0, excess / (weight + priorRows)))

export function dateMember(member: Member, gain: number, hit: boolean, p: number, index: number, timeMs: number): void {
  if (member.gain === 0) {
    member.onsetIndex = index
    member.onsetTime = timeMs
    member.since = 0
    member.hits = 0
    member.hoped = 0
  }
  member.gain = Math.max(0, member.gain + gain)
  member.since++
  member.hoped += p
  if (hit) member.hits++
}

export function noteRow(
  crowd: Crowd,
  member: Member,
  p: number,
  hit: boolean,
  turned: number,
  cell: number | undefined,
  isNew: boolean,
): void {
  const excess = (hit ? 1 : 0) - p
  const weight = Math.max(0, turned - p)
  member.rows++
  member.expected += p
  if (hit) member.disagreements++
  member.excess = member.excess * keepOwn + excess
  member.weight = member.weight * keepOwn + weight
  if (cell !== undefined) {
    member.cells = noteCell(member.cells, cell, excess, weight, keepOwn)
    if (member.firstRow > settledRows) crowd.late = noteCell(crowd.late, cell, excess, weight, keepNewcomers)
  }
  if (!isNew) return
  crowd.newcomers.excess = crowd.newcomers.excess * keepNewcomers + excess
  crowd.newcomers.weight = crowd.newcomers.weight * keepNewcomers + weight
}
