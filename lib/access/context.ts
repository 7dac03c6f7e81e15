import type { Verb } from '@/lib/access/verbs'
import type { Tx } from '@/db/tx'

/** Who acts: a signed-in person, an API token, or Assay itself (the worker, a playbook step). */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system'
  readonly id: string
  readonly name: string
}

/** What every verb takes: who, permission, transaction, time. Later roles and approvals change how it is made, not the verbs. */
export interface Context {
  readonly actor: Actor
  /** The time of this call; passed in, so that verbs stay testable. */
  readonly now: Date
  readonly requestId: string
  /** @throws Forbidden naming the missing scope, when the actor may not do this (to this model). */
  allow(verb: Verb, model?: string): Promise<void>
  /** Runs in one transaction: all of it happened, or none. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}
