import type { Alarm } from '@/lib/detect/detector'
import { numberOf } from '@/lib/learn/place/recent'
import type { FloodState } from './flood-state'
import { at, each, evidenceOf, isIn } from './groups'
import { rowsKept } from './near'

/** Rows of a group since it began to grow, and who sent them. */
export interface Flood {
  /** Rows, the latest first. */
  readonly rows: readonly number[]
  /** Origins that sent more of them than they send of other rows, most rows first. */
  readonly origins: readonly { readonly id: string; readonly rows: number }[]
  /** Rows since it began to grow, of all. */
  readonly span: number
}

const mostNamed = 50
const mostIds = 1000
/** Share of the copies that makes one origin the sender. */
const alone = 0.7
/** So many times its rate before, and so many rows besides, an origin may send by chance. */
const usualTimes = 1.5
const usualRows = 3

export function floodOf(state: FloodState, group: number): Flood {
  const { groups, voices } = state
  const o = group * each
  const from = groups.numbers[o + at.riseFrom] as number
  const rows: number[] = []
  const by = new Map<string, { id: string; rows: number; young: number }>()
  let row = groups.numbers[o + at.last] as number
  while (row >= from && isIn(groups, group, row, voices.rows)) {
    rows.push(row)
    const id = state.origins[row % rowsKept] as string
    const its = by.get(id)
    const young = voices.young[row % rowsKept] as number
    if (its) {
      its.rows++
      its.young += young
    } else by.set(id, { id, rows: 1, young })
    row = (groups.before[row % rowsKept] as number) - 1
  }
  const all = Math.min(voices.rows, rowsKept)
  const span = voices.rows - from
  const earlier = new Map<string, number>()
  while (isIn(groups, group, row, voices.rows)) {
    const id = state.origins[row % rowsKept] as string
    earlier.set(id, (earlier.get(id) ?? 0) + 1)
    row = (groups.before[row % rowsKept] as number) - 1
  }
  // Who sends them as often as ever makes nothing grow.
  for (const [id, { rows: its }] of by)
    if (its <= usualTimes * (((earlier.get(id) ?? 0) * span) / Math.max(1, all - span)) + usualRows && earlier.has(id))
      by.delete(id)
  // Where young voices give it away, an old one among them may be who wrote it first.
  const byYoung = evidenceOf(groups, group).young >= 1
  const origins = [...by.values()]
    .filter(({ id, rows: its, young }) => {
      if (byYoung) return young > 0
      const others = (voices.long.get(numberOf(id)) ?? 0) - its
      return young > 0 || its / rows.length > (3 * (others + 1)) / (all - rows.length + 1)
    })
    .sort((a, b) => b.rows - a.rows || (a.id < b.id ? -1 : 1))
  return { rows: rows.filter((row) => by.has(state.origins[row % rowsKept] as string)), origins, span }
}

/**
 * Did the sender's other rows give way to the copies? Then nothing was added: a sensor stuck, or a sender whose rows became alike. `open`: too few rows
 * of a known sender to tell.
 */
export function isStuck(state: FloodState, flood: Flood): 'yes' | 'no' | 'open' {
  const [first] = flood.origins
  if (!first || first.rows < alone * flood.rows.length) return 'no'
  const { voices } = state
  const kept = Math.min(voices.rows, rowsKept)
  const voice = numberOf(first.id)
  let during = 0
  for (let row = voices.rows - flood.span; row < voices.rows; row++)
    if (voices.voice[row % rowsKept] === voice) during++
  const before = (voices.long.get(voice) ?? 0) - during
  const due = (before * flood.span) / Math.max(1, kept - flood.span)
  if (before < 50 || during > 2 * due + 5) return 'no'
  if (due < 8) return 'open'
  return during - first.rows < 0.5 * due && during < 1.5 * due ? 'yes' : 'no'
}

export function accuseFlood(state: FloodState, group: number, flood: Flood, eventIndex: number): Alarm {
  const { growth, voices } = evidenceOf(state.groups, group)
  const [first] = flood.origins
  const one = first && first.rows >= alone * flood.rows.length ? first : undefined
  const named = one ? [one] : flood.origins.slice(0, mostNamed)
  const of = new Set(named.map(({ id }) => id))
  const rows = flood.rows.filter((row) => of.has(state.origins[row % rowsKept] as string))
  const who = one ? one.id : `${flood.origins.length} origins`
  const onset = rows.at(-1) as number
  const threshold = -Math.log(state.mass / state.massRows)
  const share = rows.length / flood.span
  return {
    kind: 'poison.injection',
    unit: `copies=${state.ids[onset % rowsKept]}`,
    subject: {
      ...(one ? { origin: one.id } : { origins: named.map(({ id }) => id) }),
      eventIds: rows.slice(0, mostIds).map((row) => state.ids[row % rowsKept] as string),
    },
    eventIndex,
    onsetIndex: state.index[onset % rowsKept] as number,
    onsetTimeMs: state.times[onset % rowsKept] as number,
    logE: threshold + Math.log(Math.min(growth, voices)),
    threshold,
    effect: share,
    effectUnit: 'share of the rows since its onset',
    n: rows.length,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${who} sent ${rows.length} near copies of one row within ${flood.span} rows`,
    test:
      `They came faster than copies by themselves do here, and from senders who have no such part in other rows: of a text that everybody passes on, ` +
      `or a row that was always common, the one or the other is missing. Copies that one sender has always sent would look the same if they had just begun.`,
  }
}
