import type { GateVerdict, SourceRow } from '@/lib/view/source'
import { capOf, quota } from './cap'
import { haveRoom, isNewcomer, type Newcomers, startNewcomers } from './newcomers'

/** Rows of a model before anybody is held to a share of them. */
export const fewRows = 1000

/** What the gate knows of a source. */
export type Known = Pick<SourceRow, 'origin' | 'rows' | 'trust' | 'audited' | 'state' | 'reach'>

export interface Gate {
  total: number
  readonly sources: Map<string, { rows: number; known: Known | null }>
  /** Sources that are judged as one have one cap, that of the least trusted. */
  readonly clusterOf: ReadonlyMap<string, readonly string[]>
  readonly accusedBy: ReadonlyMap<string, string>
  readonly newcomers: Newcomers
}

export function openGate(
  total: number,
  sources: readonly Known[],
  clusters: readonly (readonly string[])[],
  accusedBy: ReadonlyMap<string, string>,
): Gate {
  const clusterOf = new Map<string, readonly string[]>()
  for (const members of clusters)
    for (const origin of members) if (!clusterOf.has(origin)) clusterOf.set(origin, members)
  return {
    total,
    sources: new Map(sources.map((known) => [known.origin, { rows: known.rows, known }])),
    clusterOf,
    accusedBy,
    newcomers: startNewcomers(total, sources, quota),
  }
}

/** Would the next row of this source be let in? Those that are count against its cap, that of its cluster, and that of all newcomers. */
export function pass(gate: Gate, origin: string): GateVerdict {
  const its = gate.sources.get(origin) ?? { rows: 0, known: null }
  const reasons: string[] = []
  const alertId = gate.accusedBy.get(origin) ?? null
  if (alertId !== null || its.known?.state === 'poisoning') reasons.push(`${origin} is held for poisoning`)
  const { share, trusted } = capIn(gate, origin)
  const together = gate.clusterOf.get(origin)
  const rows = (together ?? [origin]).reduce((sum, who) => sum + (gate.sources.get(who)?.rows ?? 0), 0)
  const isOver = rows + 1 > share * (gate.total + 1)
  if (isOver && gate.total >= fewRows) {
    const who = together ? `${together.length} sources that look like one hand` : origin
    const standing = trusted ? 'by its trust' : 'the quota of whom nobody has looked at'
    reasons.push(`${who} would supply more than ${percent(share)} of the rows, ${standing}`)
  }
  const { newcomers } = gate
  const isNew = isNewcomer(its.known && { rows: its.rows, audited: its.known.audited })
  newcomers.asked++
  if (isNew && gate.total >= fewRows && !haveRoom(newcomers))
    reasons.push(`newcomers together would supply more than their usual ${percent(newcomers.usual)} of the rows`)
  const admit = reasons.length === 0
  if (admit) {
    if (isNew) newcomers.admitted++
    gate.sources.set(origin, { ...its, rows: its.rows + 1 })
    gate.total++
  }
  if (admit && isOver) reasons.push(`of fewer than ${fewRows} rows nobody is held to a share`)
  return { admit, reasons, alertId }
}

function capIn(gate: Gate, origin: string): { share: number; trusted: boolean } {
  const known = (gate.clusterOf.get(origin) ?? [origin]).map((who) => gate.sources.get(who)?.known ?? null)
  const caps = known.map((k) => capOf({ trust: k?.trust ?? 0, rows: k?.rows ?? 0, total: gate.total, reach: null }))
  return {
    share: Math.min(...caps.map(({ share }) => share)),
    trusted: known.every((k) => (k?.audited ?? 0) > 0),
  }
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`

/**
 * The worst that can come of it: had every label of every source been the worst there is, each held to its cap, the mean log loss on trusted rows could
 * have moved by the sum of what each could (first order). Null where it is not known of anybody.
 */
export function worstOf(sources: readonly Pick<SourceRow, 'audited' | 'cap'>[]): {
  newcomers: number | null
  all: number | null
} {
  const sum = (of: readonly Pick<SourceRow, 'cap'>[]) => {
    const known = of.flatMap(({ cap }) => (cap.worstCaseHeld === null ? [] : [cap.worstCaseHeld]))
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
  }
  return { newcomers: sum(sources.filter(({ audited }) => audited === 0)), all: sum(sources) }
}
