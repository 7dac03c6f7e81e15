import type { Tx } from '@/db/tx'
import type { Scope, Verb } from '@/lib/access/verbs'

/** Who acts: a signed-in person, an API token, or Assay itself (the worker, a playbook step). */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system'
  readonly id: string
  readonly name: string
}

/** An actor, with what it may do. */
export interface Principal extends Actor {
  readonly scopes: readonly Scope[]
  /** Model ids it may touch; null: all. */
  readonly models: readonly string[] | null
}

/** What every verb takes: who, permission, transaction, time. Later roles and approvals change how it is made, not the verbs. */
export interface Context {
  readonly actor: Actor
  /** Model ids that lists are narrowed to; null: all. */
  readonly models: readonly string[] | null
  /** The time of this call; passed in, so that verbs stay testable. */
  readonly now: Date
  readonly requestId: string
  /** @throws Forbidden naming the missing scope, when the actor may not do this (to this model). */
  allow(verb: Verb, model?: string): Promise<void>
  /** Runs in one transaction: all of it happened, or none. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads, with no transaction around: each query sees the latest. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}
