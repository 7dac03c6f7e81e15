import { randomUUID } from 'node:crypto'
import type { Db } from '@/db/client'
import { txOver } from '@/db/tx'
import type { Context, Principal } from './context'
import { requirePermission } from './permission'

/** Makes the context of one call. `now` and `requestId` are made here unless they are given. */
export function contextFor(
  principal: Principal,
  db: Db,
  call: { readonly now?: Date; readonly requestId?: string } = {},
): Context {
  const { kind, id, name, models } = principal
  return {
    actor: { kind, id, name },
    models,
    now: call.now ?? new Date(),
    requestId: call.requestId ?? randomUUID(),
    async allow(verb, model) {
      requirePermission(principal, verb, model)
    },
    tx: (work) => db.transaction((inner) => work(txOver(inner))),
    read: (work) => work(txOver(db)),
  }
}

/** Assay itself: the command line on the machine that holds the database, and the worker. */
export const assayItself: Principal = { kind: 'system', id: 'assay', name: 'assay', scopes: ['admin'], models: null }
