import type { Tx } from '@/db/tx'
import type { Context } from './context'
import type { Verb } from './verbs'

/** Writes who did what, in the transaction of what they did. `subject`: such as `alert/a-9c1e`. */
export async function audit(
  tx: Tx,
  ctx: Context,
  verb: Verb,
  subject: string,
  change: { before?: unknown; after?: unknown },
): Promise<void> {
  await tx.audit.write({
    at: ctx.now,
    actor: ctx.actor.name,
    actorKind: ctx.actor.kind,
    verb,
    subject,
    requestId: ctx.requestId,
    before: change.before ?? null,
    after: change.after ?? null,
  })
}
