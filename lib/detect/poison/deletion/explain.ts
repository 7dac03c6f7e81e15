import { fellByClock } from './by-clock'
import type { Shortfall } from './shortfall'
import { blockRows } from './spread'
import { mostStrata } from './strata'
import { at, blocksKept, cameSince, each } from './stratum-book'
import type { StratumState } from './stratum-state'

/** What else could make a stratum's share fall. */
export type Explanation = 'none' | 'too little' | 'may return' | 'taken over' | 'surge' | 'mix' | 'another' | 'usual'

const leastFall = 0.2
/** Rows due that make a share. */
const fewDue = 25
const fewBatches = 4
/** Rules change and classes with them: of a class much more must be missing. */
const leastFallOfClass = 0.6
/** Blocks by which the onsets of one cause differ. */
const nearBlocks = 40

/** Blocks for which a stratum that is gone altogether may come back. Values end and return by themselves; who hides rows seldom hides all of them. */
const returnBlocks = 90
/** Rows due that tell a return from a remainder. */
const leastDue = 10
/** Part of the time since its onset in which nothing came. */
const mostlyGone = 0.65

/** Is it gone altogether: not one row of it in most of the time since its onset, which may be a block or two early? */
export function isGone({ book, blocks, rows }: StratumState, stratum: number, from: number): boolean {
  let first = blocks + 1
  while (first > from && book.came[((first - 1) % blocksKept) * mostStrata + stratum] === 0) first--
  const due = ((book.numbers[stratum * each + at.count] as number) / rows) * blockRows * (blocks + 1 - first)
  return due >= fewDue / 2 && blocks + 1 - first >= mostlyGone * (blocks + 1 - from)
}

/** It was gone and some rows came: are they half of what is due at least? */
function cameBack({ book, blocks, rows }: StratumState, stratum: number): 'yes' | 'no' | 'open' {
  const o = stratum * each
  const since = (book.numbers[o + at.gone] as number) + 1
  const { came } = cameSince(book, stratum, since, blocks)
  const due = ((book.numbers[o + at.count] as number) / rows) * blockRows * (blocks - since + 1)
  if (due < leastDue) return 'open'
  return came >= due / 2 ? 'yes' : 'no'
}

/** By how much its share of all rows fell, those of new senders with them: what they took over is not missing. */
function fellOfAll(state: StratumState, stratum: number, from: number): number {
  const { came, blocks } = cameSince(state.book, stratum, from, state.blocks)
  const rowsBefore = state.rows - blockRows * blocks
  const before = (state.book.numbers[stratum * each + at.count] as number) - came
  return before > 0 && rowsBefore > 0 ? 1 - (came * rowsBefore) / (before * blockRows * blocks) : 0
}

export function explain(state: StratumState, stratum: number, { fromBlock: from, due, fall }: Shortfall): Explanation {
  const o = stratum * each
  const { numbers } = state.book
  if (due < fewDue) return 'too little'
  const isClass = state.strata.made[stratum]?.kind === 'label'
  if (fall < (isClass ? leastFallOfClass : leastFall)) return 'too little'
  if (state.accused.some((other) => other.stratum !== stratum && Math.abs(other.fromBlock - from) <= nearBlocks))
    return 'another'
  if (fellOfAll(state, stratum, from) < fall / 2) return 'taken over'
  if (isGone(state, stratum, from)) {
    if (state.vanished > 0) return 'usual'
    numbers[o + at.gone] = state.blocks
    if (state.blocks - from < returnBlocks) return 'may return'
  } else if (numbers[o + at.gone] !== 0) {
    const back = cameBack(state, stratum)
    if (back === 'open') return 'may return'
    numbers[o + at.gone] = 0
    if (back === 'yes') {
      state.vanished++
      return 'usual'
    }
  }
  // Rows of one batch hang together: the mix of two or three is a matter of chance.
  if (state.batches > 0 && state.batches - (numbers[o + at.fromBatch] as number) < fewBatches) return 'too little'
  const siblings = siblingsOf(state, stratum, from)
  const byClock = fellByClock(state, stratum, from, fall, siblings.length > 3)
  if (byClock !== 'fell') return byClock === 'surge' ? 'surge' : 'too little'
  return amongSiblings(siblings, fall)
}

interface Sibling {
  readonly came: number
  readonly due: number
}

/** The other values of its key: rows since the onset, and due by their share before. */
function siblingsOf({ strata, book, blocks: now, rows }: StratumState, stratum: number, from: number): Sibling[] {
  const of = strata.made[stratum]?.of
  const its: Sibling[] = []
  for (let s = 0; s < strata.made.length; s++) {
    if (s === stratum || strata.made[s]?.of !== of) continue
    const { came, blocks } = cameSince(book, s, from, now)
    const before = (book.numbers[s * each + at.count] as number) - came
    const rowsBefore = rows - blockRows * blocks
    if (rowsBefore <= 0) continue
    its.push({ came, due: (before / rowsBefore) * blockRows * blocks })
  }
  return its
}

/** A deletion leaves the mix of the key's other values as it was; a surge of one makes all others fall alike, a new mix moves them all. */
function amongSiblings(its: readonly Sibling[], fall: number): Explanation {
  const due = its.reduce((sum, { due }) => sum + due, 0)
  if (its.length < 2 || due < 20) return 'none'
  const surging = its.reduce((a, b) => (b.came - b.due > a.came - a.due ? b : a))
  const rest = its.filter((one) => one !== surging)
  const restDue = rest.reduce((sum, { due }) => sum + due, 0)
  const restCame = rest.reduce((sum, { came }) => sum + came, 0)
  if (restDue >= 10 && 1 - restCame / restDue >= fall / 2) return 'surge'
  // How far the others moved among themselves, beyond chance, against how far it fell.
  const level = its.reduce((sum, { came }) => sum + came, 0) / due
  let moved = 0
  for (const { came, due } of its) {
    const at = level * due
    const chance = Math.sqrt(at)
    moved += Math.max(0, Math.abs(came - at) - 2 * chance)
  }
  return moved / (level * due) > fall / 3 ? 'mix' : 'none'
}
