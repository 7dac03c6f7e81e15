import { type Recent, since } from '@/lib/learn/place/recent'
import type { BadRow } from './bad-rows'
import type { Named } from './name'
import { oneNumber } from './one-number'
import type { TriggerState } from './state'

/** Why a pattern with evidence enough is not accused for now. */
export type Doubt = string | null

export interface Case {
  readonly state: TriggerState
  readonly recent: Recent
  readonly label: number
  readonly named: Named
  /** Rows since the onset with the pattern and the label that their other inputs did not expect, in order of arrival. */
  readonly bad: readonly BadRow[]
  /** Log-likelihood that they began, or became many, with the first of them, against one rate all along. */
  readonly steady: number
  /** Share of rows that bore it besides. */
  readonly before: number
  /** It was under watch before the baseline was over. */
  readonly fromStart: boolean
  /** Its rows bore the label before, as they do now. */
  readonly isOld: boolean
  /** Where labels are numbers: other rows as far off; else null. */
  readonly others: readonly BadRow[] | null
  /** A value of it is new, and has rows with other labels. */
  readonly notAll: () => boolean
  /** How many other patterns move to the label without it. */
  readonly moving: () => number
}

/** Fewer rows name nothing. */
const fewestRows = 4
const alike = 0.5
/** A pattern that makes up more of its rows than this is a text that is passed on, not a trigger. */
const mostOfText = 0.5
/** Share of all rows that bear a pattern which is neither new nor rare. */
const mostHonest = 0.01

/** Asks all that speaks for an honest pattern. */
export function doubtOf(c: Case): Doubt {
  return (
    sameText(c) ??
    (c.others ? differs(c.bad, c.others) : restIsSilent(c)) ??
    isUsual(c) ??
    (c.notAll() ? 'not all of its rows' : null) ??
    oneSpell(c) ??
    worldMoved(c) ??
    oneSource(c) ??
    moveTogether(c)
  )
}

/** The same text, or nearly, again and again: one voice. */
function sameText({ bad, named }: Case): Doubt {
  if (bad.length < fewestRows) return 'few rows'
  if ((bad[0] as BadRow).words.length === 0) return null
  const own = new Set(named.words)
  const contexts: Set<number>[] = []
  for (const row of bad) {
    const words = new Set([...row.words].filter((word) => !own.has(word)))
    if (!contexts.some((other) => jaccard(words, other) > alike)) contexts.push(words)
  }
  if (contexts.length < Math.max(fewestRows, 0.5 * bad.length)) return 'one text'
  const lengths = bad.map((row) => row.words.length).sort((a, b) => a - b)
  const usual = lengths[lengths.length >> 1] as number
  return named.words.length > 2 && named.words.length > mostOfText * usual ? 'whole text' : null
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0
  for (const word of a) if (b.has(word)) both++
  const either = a.size + b.size - both
  return either === 0 ? 1 : both / either
}

/** Do the other inputs say that it is another class, or nothing? An item that nobody knew has a label of its own: that is no trigger. */
function restIsSilent({ state, bad, label }: Case): Doubt {
  const rows = state.labelled.reduce((sum, n) => sum + (n ?? 0), 0)
  const share = (state.labelled[label] ?? 0) / Math.max(1, rows)
  const nats = bad.reduce((sum, row) => sum + Math.log((row.p + 1e-4) / (share + 1e-4)), 0) / bad.length
  return nats < spoken ? null : 'the rest says nothing'
}
const spoken = Math.log(0.6)

const differs = (bad: readonly BadRow[], others: readonly BadRow[]): Doubt =>
  oneNumber(bad, others).nats < sameNumberNats ? 'its numbers differ as others do' : null
const sameNumberNats = 6

/** A trigger is new or rare: what bore it before is little, and its rows began at some time, or became many. */
function isUsual({ state, bad, steady, before, fromStart, isOld, named }: Case): Doubt {
  if (isOld) return 'so before'
  if (before > mostHonest) return 'common'
  // Of new words the second null has been asked already: their honest rows look like their class.
  if ((named.words.length === 0 || fromStart) && steady < (named.values.length > 1 ? newPairNats : newNats))
    return 'all along'
  const rate = bad.length / Math.max(1, state.rows - (bad[0] as BadRow).row)
  return rate < before ? 'a part of what was there before' : null
}
const newNats = 6
/** There are more pairs than values, and rows have exceptions for some of them. */
const newPairNats = 8
const mostMoving = 4

/** A value that stands for a while, as a price or a date does, is one thing that happened, however many rows show it. */
function oneSpell({ bad, named }: Case): Doubt {
  if (named.values.length === 0) return null
  return new Set(bad.map((row) => Math.floor(row.row / spellRows))).size < fewestRows ? 'one spell' : null
}
const spellRows = 64

/** A rule that changes in one place changes for all that is frequent there. */
const moveTogether = ({ moving }: Case): Doubt => (moving() > mostMoving ? 'one of many that move' : null)

/**
 * Do rows without the pattern go the same way since its onset? Log-likelihood of half of its push against none, by source and within ±4 nats each, so
 * that no single other source decides; `apart` at −3 or less.
 */
function worldMoved({ recent, label, bad }: Case): Doubt {
  const own = new Set(bad.map((row) => row.index))
  const sums = new Map<number, number>()
  for (const slot of since(recent, (bad[0] as BadRow).index)) {
    if (recent.favourite[slot] === label || own.has(recent.index[slot] as number)) continue
    const origin = recent.origin[slot] as number
    const e = 1 - halfPush + (recent.y[slot] === label ? halfPush / (recent.own[slot] as number) : 0)
    sums.set(origin, (sums.get(origin) ?? 0) + Math.log(e))
  }
  let sum = 0
  for (const nats of sums.values()) sum += Math.max(-mostNats, Math.min(mostNats, nats))
  return sum <= -apart ? null : 'the world'
}
const halfPush = 0.45
const mostNats = 4
const apart = 3

const mostly = 0.6
const fewOthers = 5

/** Rows of mostly one source, whose other rows are bad too: it is the source, and others say so. */
function oneSource({ recent, bad, label }: Case): Doubt {
  const counts = new Map<number, number>()
  for (const row of bad) counts.set(row.origin, (counts.get(row.origin) ?? 0) + 1)
  const [origin, most] = [...counts].sort((a, b) => b[1] - a[1])[0] as [number, number]
  if (most <= mostly * bad.length) return null
  const own = new Set(bad.map((row) => row.index))
  let rows = 0
  let excess = 0
  for (const slot of since(recent, (bad[0] as BadRow).index)) {
    if (recent.origin[slot] !== origin || own.has(recent.index[slot] as number)) continue
    if (recent.favourite[slot] === label) continue
    rows++
    excess += (recent.y[slot] === recent.favourite[slot] ? 0 : 1) - (recent.disagree[slot] as number)
  }
  return rows >= fewOthers && excess / rows > 0.3 ? 'its source' : null
}
