import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { AlertKind, Subject } from './finding'

/** Parts are joined unambiguously (as JSON), so that no choice of names makes two things one. */
const digest = (parts: readonly unknown[]) => bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))))

/** A deterministic id: the same parts give the same id, live, after a restart and in a replay. 64 bits of SHA-256. */
export function stableId(prefix: 'f' | 'i', parts: readonly unknown[]): string {
  return `${prefix}-${digest(parts).slice(0, 16)}`
}

/**
 * Names the same trouble across findings: version of this rule, kind, model, and what moved (never the title, never the rows). Two alerts of
 * one fingerprint are one flapping thing.
 */
export function fingerprint(model: string, kind: AlertKind, subject: Subject): string {
  const { eventIds: _rows, ...what } = subject
  const keys = Object.keys(what).sort() as (keyof typeof what)[]
  return digest([1, kind, model, keys.map((key) => [key, what[key]])]).slice(0, 32)
}
