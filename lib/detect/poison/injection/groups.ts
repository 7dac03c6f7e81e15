import { weighGrowth } from './group-growth'
import { at, each, growthBets, voiceBets } from './group-numbers'
import { weighVoices } from './group-voices'
import { rowsKept } from './near'
import { ageTail, closeInTail, forgetInTail, startTail, type UsualTail } from './usual-tail'
import type { Voices } from './voices'

/**
 * Groups of near copies among the last rows, and the evidence against each: that it grows as content by itself does not, and that its rows come from
 * whom other rows do not. A flood must show both.
 *
 * Growth   the next row is a copy with chance 1.2 (k + ½) / (rows + 50) at most, k copies among the last rows (Pitman & Yor 1997: the more, the more);
 *          bets on one row in 300, 50 and 7. So a template that was always common, or rows of few categories, gather nothing.
 * Voices   a copy comes from a voice, or from a young one, as other rows do; bets on the group's own voices again, and on young ones among those who join:
 *          each voice is counted once, so a new sender of one template is one.
 * Each is tempered by what the other groups of the stream have gathered (./usual-tail.ts).
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
  /** Of its own voices again, and of young ones. */
  again: UsualTail
  young: UsualTail
}

export { at, each, growthBets, voiceBets }

const mostGroups = rowsKept / 2

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [kept, numbersEach, grow, hear] = [rowsKept, each, weighGrowth, weighVoices]
const { copies: copiesAt, last: lastAt, growth: growthAt, voices: voicesAt } = at
const [bets, betsOfVoices] = [growthBets.length, voiceBets]

export const startGroups = (): Groups => ({
  groupOf: new Int32Array(0),
  before: new Float64Array(0),
  free: [],
  made: 0,
  numbers: new Float64Array(0),
  growth: startTail(),
  again: startTail(),
  young: startTail(),
})

/** Row `row` takes the place of the one `rowsKept` before it. Call for each row, before `join`. */
export function makeRoom(groups: Groups, row: number): void {
  if (groups.groupOf.length === 0) {
    groups.groupOf = new Int32Array(kept)
    groups.before = new Float64Array(kept)
  }
  ageTail(groups.growth, row)
  ageTail(groups.again, row)
  ageTail(groups.young, row)
  const place = row % kept
  const group = (groups.groupOf[place] as number) - 1
  groups.groupOf[place] = 0
  groups.before[place] = 0
  if (group < 0) return
  const copies = (groups.numbers[group * numbersEach + copiesAt] as number) - 1
  groups.numbers[group * numbersEach + copiesAt] = copies
  if (copies > 0) return
  closeInTail(groups.growth, group)
  closeInTail(groups.again, group)
  closeInTail(groups.young, group)
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
  const o = group * numbersEach
  const copies = numbers[o + copiesAt] as number
  grow(groups, group, copies, row, joining.mass)
  if (copies > 1) hear(groups, voices, group, copies, joining)
  numbers[o + copiesAt] = copies + 1
  groups.groupOf[row % kept] = group + 1
  groups.before[row % kept] = (numbers[o + lastAt] as number) + 1
  numbers[o + lastAt] = row
  return group
}

/** @returns the group of this row, made if need be; −1: there is no room for one. */
export function groupOfTwin(groups: Groups, twin: number): number {
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
  groups.again.groups++
  groups.young.groups++
  return group
}

/** Is the row kept, of all `rows`, and in the group? */
export const isIn = (groups: Groups, group: number, row: number, rows: number): boolean =>
  row >= 0 && row > rows - rowsKept && groups.groupOf[row % rowsKept] === group + 1

/** Both evidences, in false incidents: each suffices at 1. `young`: the part of the voices' that says that they are young. */
export function evidenceOf({ numbers }: Groups, group: number): { growth: number; voices: number; young: number } {
  const o = group * numbersEach
  let growth = 0
  let voices = 0
  for (let b = 0; b < bets; b++) growth += numbers[o + growthAt + b] as number
  for (let b = 0; b < betsOfVoices; b++) voices += numbers[o + voicesAt + b] as number
  return { growth, voices, young: voices - (numbers[o + voicesAt] as number) }
}

/** It was accused: said once, and no example of what is usual. */
export function settleGroup(groups: Groups, group: number): void {
  const o = group * each
  if (groups.numbers[o + at.fired] !== 0) return
  groups.numbers[o + at.fired] = 1
  forgetInTail(groups.growth, group, groups.numbers[o + at.mostGrowth] as number)
  forgetInTail(groups.again, group, groups.numbers[o + at.mostAgain] as number)
  forgetInTail(groups.young, group, groups.numbers[o + at.mostYoung] as number)
}

/** Share of the other rows kept that lie in groups of at least `copies`: where it is not small, such groups are what this stream is made of. */
export function shareInSuch({ numbers, made }: Groups, group: number, copies: number, rows: number): number {
  let inSuch = 0
  for (let other = 0; other < made; other++) {
    const its = numbers[other * each + at.copies] as number
    if (other !== group && its >= copies && numbers[other * each + at.fired] !== 1) inSuch += its
  }
  return inSuch / Math.max(1, Math.min(rows, rowsKept) - (numbers[group * each + at.copies] as number))
}
