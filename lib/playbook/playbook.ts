import type { AlertKind, Finding, Verdict } from '@/lib/alert/finding'

export const phases = ['contain', 'eradicate', 'recover', 'lessons'] as const
export type Phase = (typeof phases)[number]

/** One step, which becomes one task. */
export interface Step {
  /** Unique within its playbook. */
  readonly id: string
  readonly phase: Phase
  readonly title: string
  /** What to do and how to tell that it worked. */
  readonly guidance: string
  /** Minutes from the moment at which the playbook starts. */
  readonly dueMinutes: number
}

/** What to do about one kind of trouble, as data. Phases follow CSF 2.0: RS.MI-01, RS.MI-02, RC.RP, ID.IM. */
export interface Playbook {
  readonly id: string
  readonly title: string
  readonly about: string
  /** MITRE ATLAS techniques. */
  readonly atlas: readonly string[]
  fits(finding: { readonly kind: AlertKind; readonly verdict: Verdict }): boolean
  readonly steps: readonly Step[]
}

export type Judged = Pick<Finding, 'kind' | 'verdict'>
export const hour = 60
export const day = 24 * hour
