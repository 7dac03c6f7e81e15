import { rowsKept } from './near'
import { closeInTail, forgetInTail, raiseTail, startTail, tailScale, type UsualTail } from './usual-tail'
import { shortRows, type Voices } from './voices'

/**
 * Groups of near copies among the last rows, and the evidence against each: that it grows as content by itself does not, and that its rows come from
 * whom other rows do not. A flood must show both.
 *
 * Growth   the next row is a copy with chance 2 (k + ½) / (rows + 50) at most, k copies among the last rows (Pitman & Yor 1997: the more, the more);
 *          bets on 4, 32 and 256 times that. So a template that was always common, or rows of few categories, gather nothing.
 * Voices   a copy comes from a voice, or from a young one, as other rows do; bets on the group's own voices again, and on young ones.
 * Both are tempered by what the other groups of the stream have gathered (./usual-tail.ts).
 */
export interface Groups {
  /** By row kept: its group + 1, and the row before it in that group + 1; 0: none. */
  groupOf: Int32Array
  before: Float64Array
  /** Groups that are free. */
  free: number[]
  made: number
  /** By group, `each` numbers: see the offsets. */
  numbers: Float64Array
  growth: UsualTail
  voices: UsualTail
}

export const growthBets = [4, 32, 256] as const
const voiceBets = 3
/** Offsets: copies kept, its last row, growth's M, voices' M, untempered CUSUMs of growth (and where it began) and of voices, the greatest of both, state. */
export const at = {
  copies: 0,
  last: 1,
  growth: 2,
  voices: 2 + growthBets.length,
  rise: 2 + growthBets.length + voiceBets,
  riseFrom: 3 + growthBets.length + voiceBets,
  voiceRise: 4 + growthBets.length + voiceBets,
  mostGrowth: 4 + growthBets.length + 2 * voiceBets,
  mostVoices: 5 + growthBets.length + 2 * voiceBets,
  fired: 6 + growthBets.length + 2 * voiceBets,
} as const
export const each = 7 + growthBets.length + 2 * voiceBets
const mostGroups = rowsKept / 2

const slack = 2
const priorRows = 50
const ratingBet = 32
const looksBack = 64
const youngShares = [0.7, 0.97] as const

export const startGroups = (): Groups => ({
  groupOf: new Int32Array(0),
  before: new Float64Array(0),
  free: [],
  made: 0,
  numbers: new Float64Array(0),
  growth: startTail(),
  voices: startTail(),
})

/** Row `row` takes the place of the one `rowsKept` before it. Call for each row, before `join`. */
export function makeRoom(groups: Groups, row: number): void {
  if (groups.groupOf.length === 0) {
    groups.groupOf = new Int32Array(rowsKept)
    groups.before = new Float64Array(rowsKept)
  }
  const place = row % rowsKept
  const group = (groups.groupOf[place] as number) - 1
  groups.groupOf[place] = 0
  groups.before[place] = 0
  if (group < 0) return
  const copies = (groups.numbers[group * each + at.copies] as number) - 1
  groups.numbers[group * each + at.copies] = copies
  if (copies > 0) return
  closeInTail(groups.growth, group)
  closeInTail(groups.voices, group)
  groups.free.push(group)
}

/** A row that came and is a near copy of `twin`. */
export interface Joining {
  readonly row: number
  readonly twin: number
  readonly voice: number
  readonly young: boolean
  readonly mass: number
}

/** Adds the row to its twin's group and weighs it. @returns the group; −1: there is no room for one. */
export function join(groups: Groups, voices: Voices, joining: Joining): number {
  const { row, twin } = joining
  const group = groupOfTwin(groups, twin)
  if (group < 0) return -1
  const { numbers } = groups
  const o = group * each
  const copies = numbers[o + at.copies] as number
  weighGrowth(groups, group, copies, row, joining.mass)
  if (copies > 1) weighVoices(groups, voices, group, copies, joining)
  numbers[o + at.copies] = copies + 1
  groups.groupOf[row % rowsKept] = group + 1
  groups.before[row % rowsKept] = (numbers[o + at.last] as number) + 1
  numbers[o + at.last] = row
  return group
}

function groupOfTwin(groups: Groups, twin: number): number {
  const place = twin % rowsKept
  const known = groups.groupOf[place] as number
  if (known > 0) return known - 1
  const group = groups.free.pop() ?? (groups.made < mostGroups ? groups.made++ : -1)
  if (group < 0) return -1
  if ((group + 1) * each > groups.numbers.length) {
    const grown = new Float64Array(Math.max(256, Math.min(mostGroups, 2 * (group + 1))) * each)
    grown.set(groups.numbers)
    groups.numbers = grown
  }
  groups.numbers.fill(0, group * each, (group + 1) * each)
  groups.numbers[group * each + at.copies] = 1
  groups.numbers[group * each + at.last] = twin
  groups.groupOf[place] = group + 1
  groups.growth.groups++
  groups.voices.groups++
  return group
}

function weighGrowth({ numbers, growth }: Groups, group: number, copies: number, row: number, mass: number): void {
  const o = group * each
  const last = numbers[o + at.last] as number
  const p = (slack * (copies + 0.5)) / (Math.min(row, rowsKept) + priorRows)
  const rows = row - last
  const most = numbers[o + at.mostGrowth] as number
  const scale = 1 / tailScale(growth, group, most)
  for (let b = 0; b < growthBets.length; b++) {
    const logE = waitBet(growthBets[b] as number, p, rows)
    const m = Math.exp(scale * logE) * ((numbers[o + at.growth + b] as number) + mass / growthBets.length)
    numbers[o + at.growth + b] = Math.min(m, 1e300)
  }
  const was = numbers[o + at.rise] as number
  if (was === 0) numbers[o + at.riseFrom] = last
  const rise = Math.max(0, was + waitBet(ratingBet, p, rows))
  numbers[o + at.rise] = rise
  if (rise <= most) return
  numbers[o + at.mostGrowth] = rise
  if (numbers[o + at.fired] === 0) raiseTail(growth, group, most, rise)
}

/** Log of the ratio of chances of a wait of `rows` rows, at `times` p against p. */
function waitBet(times: number, p: number, rows: number): number {
  const rate = Math.min(0.9, times * p)
  const usual = Math.min(0.5, p)
  if (rate <= usual) return 0
  return Math.log(rate / usual) + (rows - 1) * Math.log((1 - rate) / (1 - usual))
}

function weighVoices(groups: Groups, voices: Voices, group: number, copies: number, joining: Joining): void {
  const { numbers } = groups
  const o = group * each
  const { voice, young, mass } = joining
  const seen = lookBack(groups, voices, group, voice)
  const base = shareOf(voices, voice, seen.own, seen.ownShort, seen.rows, seen.rowsShort)
  const again = (0.9 * seen.own) / seen.rows + 0.1 * base
  const youngBase = Math.min(0.95, 1.5 * shareYoung(voices, seen) + 0.02)
  const most = numbers[o + at.mostVoices] as number
  const scale = 1 / tailScale(groups.voices, group, most)
  let best = 0
  for (let b = 0; b < voiceBets; b++) {
    const a = b === 0 ? 0 : (youngShares[b - 1] as number)
    const logE = b === 0 ? Math.log(again / base) : a <= youngBase ? 0 : Math.log(young ? a / youngBase : (1 - a) / (1 - youngBase))
    const before = numbers[o + at.voices + b] as number
    const m = Math.min(Math.exp(scale * logE) * (before + mass / voiceBets), 1e300)
    numbers[o + at.voices + b] = m
    const rise = Math.max(0, (numbers[o + at.voiceRise + b] as number) + logE)
    numbers[o + at.voiceRise + b] = rise
    best = Math.max(best, rise)
  }
  if (best <= most) return
  numbers[o + at.mostVoices] = best
  if (numbers[o + at.fired] === 0) raiseTail(groups.voices, group, most, best)
}

interface Seen {
  rows: number
  own: number
  young: number
  rowsShort: number
  ownShort: number
  youngShort: number
}
const seen: Seen = { rows: 0, own: 0, young: 0, rowsShort: 0, ownShort: 0, youngShort: 0 }

/** Who spoke in the group's latest 64 rows. */
function lookBack(groups: Groups, voices: Voices, group: number, voice: number): Seen {
  seen.rows = seen.own = seen.young = seen.rowsShort = seen.ownShort = seen.youngShort = 0
  let row = groups.numbers[group * each + at.last] as number
  for (let looks = 0; looks < looksBack && isIn(groups, group, row, voices.rows); looks++) {
    const place = row % rowsKept
    const own = voices.voice[place] === voice ? 1 : 0
    const young = voices.young[place] as number
    seen.rows++
    seen.own += own
    seen.young += young
    if (row >= voices.rows - shortRows) {
      seen.rowsShort++
      seen.ownShort += own
      seen.youngShort += young
    }
    row = (groups.before[place] as number) - 1
  }
  if (seen.rows === 0) seen.rows = 1
  return seen
}

/** Its share of the rows outside the group, of late or for long, whichever is more. */
function shareOf(voices: Voices, voice: number, own: number, ownShort: number, rows: number, rowsShort: number): number {
  const all = Math.min(voices.rows, rowsKept)
  const long = ((voices.long.get(voice) ?? 0) - own + 1) / (all - rows + 400)
  const short = ((voices.short.get(voice) ?? 0) - ownShort + 1) / (Math.min(all, shortRows) - rowsShort + 400)
  return Math.min(1, Math.max(long, short))
}

function shareYoung(voices: Voices, { young, youngShort, rows, rowsShort }: Seen): number {
  const all = Math.min(voices.rows, rowsKept)
  const long = (voices.youngLong - young) / Math.max(1, all - rows)
  const short = (voices.youngShort - youngShort) / Math.max(1, Math.min(all, shortRows) - rowsShort)
  return Math.max(long, short)
}

/** Is the row kept, of all `rows`, and in the group? */
export const isIn = (groups: Groups, group: number, row: number, rows: number): boolean =>
  row >= 0 && row > rows - rowsKept && groups.groupOf[row % rowsKept] === group + 1

/** Both evidences, in false incidents: each suffices at 1. */
export function evidenceOf({ numbers }: Groups, group: number): { growth: number; voices: number } {
  let growth = 0
  let voices = 0
  for (let b = 0; b < growthBets.length; b++) growth += numbers[group * each + at.growth + b] as number
  for (let b = 0; b < voiceBets; b++) voices += numbers[group * each + at.voices + b] as number
  return { growth, voices }
}

/** It was accused: said once, and no example of what is usual. */
export function settleGroup(groups: Groups, group: number): void {
  const o = group * each
  if (groups.numbers[o + at.fired] !== 0) return
  groups.numbers[o + at.fired] = 1
  forgetInTail(groups.growth, group, groups.numbers[o + at.mostGrowth] as number)
  forgetInTail(groups.voices, group, groups.numbers[o + at.mostVoices] as number)
}
