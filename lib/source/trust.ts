import { betaQuantile } from '@/lib/stats/beta-quantile'

/** Someone looked at rows of a source. */
export interface Audited {
  readonly atMs: number
  readonly ok: number
  readonly bad: number
}

export interface Trust {
  /** Beta(a, b) of the chance that a row of it is right. */
  readonly a: number
  readonly b: number
  /** Lower 5 % quantile: what is acted on. */
  readonly trust: number
  /** Rows that people looked at, ever. */
  readonly audited: number
}

const newcomer = { a: 1, b: 3 }
/** What is known fades with each row looked at, and with idle time: half of it in 90 days. */
const keep = 0.99
const halfLifeMs = 90 * 24 * 3600_000
/** One wrong row costs as much trust as five right ones earn. */
const badWeight = 5

/**
 * Trust from audited outcomes alone: a ← ρa + ok, b ← ρb + κ·bad, from Beta(1, 3). Volume never earns any, and it fades towards a newcomer's when
 * nobody looks. Source: reference/poisoning.md §2j of this project; Jøsang & Ismail 2002 (beta reputation).
 * @param audits oldest first.
 */
export function trustOf(audits: readonly Audited[], nowMs: number): Trust {
  let { a, b } = newcomer
  let atMs = audits[0]?.atMs ?? nowMs
  let audited = 0
  const fade = (factor: number) => {
    a = newcomer.a + (a - newcomer.a) * factor
    b = newcomer.b + (b - newcomer.b) * factor
  }
  for (const { atMs: thenMs, ok, bad } of audits) {
    fade(0.5 ** (Math.max(0, thenMs - atMs) / halfLifeMs) * keep ** (ok + bad))
    a += ok
    b += badWeight * bad
    audited += ok + bad
    atMs = thenMs
  }
  fade(0.5 ** (Math.max(0, nowMs - atMs) / halfLifeMs))
  return { a, b, trust: Number(betaQuantile(0.05, a, b).toFixed(4)), audited }
}
