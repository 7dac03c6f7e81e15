import type { AlertKind } from '@/lib/alert/finding'
import type { ClassEffect } from '@/lib/detect/concept/class-effect'
import { type ClassFamily, type ClassUnit, isLeaf } from '@/lib/detect/concept/class-family'
import { verdictOf } from '@/lib/detect/concept/class-verdict'
import { whyOf } from '@/lib/detect/concept/class-why'
import type { ConceptState } from '@/lib/detect/concept/state'
import { versionAtFault } from '@/lib/detect/concept/version-at-fault'
import type { Alarm } from '@/lib/detect/detector'

export interface ClassCase {
  readonly family: ClassFamily
  readonly one: ClassUnit
  readonly kind: AlertKind
  readonly effect: ClassEffect
  /** Number of the first affected prediction. */
  readonly onset: number
  readonly line: number
  readonly evidence: { readonly logE: number; readonly threshold: number }
  /** The version that came with it and explains it. */
  readonly version: string | null
  /** Nats of the leaves over the same rows. */
  readonly support: number
  readonly classMix: boolean
  readonly leaf: boolean
  /** Of errors: the rows whose labels changed most; empty where that is not known. */
  readonly where: string
}
/** Evidence that passed, in words and numbers. */
export function classAlarm(state: ConceptState, found: ClassCase): Alarm {
  const { one, effect, onset, kind, evidence } = found
  const { open } = state
  const place = onset % open.capacity
  const errors = one.name === 'error' || one.name === 'confidence'
  const worseVersion = errors && kind === 'drift.concept' && !found.version ? versionAtFault(state, onset) : null
  const version = kind === 'drift.concept' && errors ? (found.version ?? worseVersion) : null
  const { verdict, test } = verdictOf(state, found, version, worseVersion !== null)
  const effectValue = errors ? Math.max(effect.rise, one.name === 'confidence' ? effect.moved : 0) : effect.moved
  return {
    kind,
    unit: one.name,
    subject: version ? { version } : {},
    eventIndex: found.line,
    onsetIndex: open.line[place] as number,
    onsetTimeMs: open.timeMs[place] as number,
    ...evidence,
    effect: effectValue,
    effectUnit:
      one.name === 'error'
        ? 'rise of the error rate'
        : one.name === 'confidence'
          ? 'change of the error rate at the same confidence'
          : 'root mean square change of a label’s share among like rows',
    n: effect.n,
    severity: errors && effect.share > 2 * effect.expected && effect.rise > 0.05 ? 'critical' : 'warning',
    verdict,
    why: version ? `${whyOf(state, found)}, at version ${version}` : whyOf(state, found),
    test,
    comparison:
      isLeaf(one.name) || one.name === 'label'
        ? {
            bins: found.family.labelNames,
            reference: Array.from(isLeaf(one.name) ? effect.reference : effect.due, (x) => Math.round(x)),
            current: Array.from(isLeaf(one.name) ? effect.current : effect.all),
            unit: 'categorical',
          }
        : {
            bins: ['right', 'wrong'],
            reference: Array.from(effect.due, (x) => Math.round(x)),
            current: Array.from(effect.all),
            unit: 'categorical',
          },
  }
}
