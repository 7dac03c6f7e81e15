import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { authAccount, authSession } from '@/db/schema'
import { audit } from './audit'
import type { Context } from './context'
import { Forbidden } from './errors'
import { runtime } from './runtime'

const password = z.string().min(8).max(256)
export const setPasswordInput = z.object({ newPassword: password, currentPassword: z.string().max(256).nullish() })

export async function hasPassword(ctx: Context): Promise<boolean> {
  return (await credential(ctx)) !== null
}

/** A person chooses their own password; who has one already must know it. Every other session of theirs ends. */
export async function setPassword(ctx: Context, input: z.input<typeof setPasswordInput>): Promise<void> {
  await ctx.allow('password.set')
  if (ctx.actor.kind !== 'user') throw new Forbidden('only a person who is signed in has a password')
  const { newPassword, currentPassword } = setPasswordInput.parse(input)
  const { password: hasher } = await runtime().auth.$context
  const known = await credential(ctx)
  if (known && !(currentPassword && (await hasher.verify({ hash: known.password ?? '', password: currentPassword })))) {
    throw new Forbidden('the password until now is wrong')
  }
  const hash = await hasher.hash(newPassword)
  await ctx.tx(async (tx) => {
    const now = { password: hash, updatedAt: ctx.now }
    if (known) await tx.db.update(authAccount).set(now).where(eq(authAccount.id, known.id))
    else {
      const id = crypto.randomUUID()
      await tx.db
        .insert(authAccount)
        .values({ id, accountId: ctx.actor.id, providerId: 'credential', userId: ctx.actor.id, ...now })
    }
    await tx.db.delete(authSession).where(eq(authSession.userId, ctx.actor.id))
    await audit(tx, ctx, 'password.set', `user/${ctx.actor.id}`, {})
  })
}

async function credential(ctx: Context) {
  const [row] = await ctx.read((tx) =>
    tx.db
      .select()
      .from(authAccount)
      .where(and(eq(authAccount.userId, ctx.actor.id), eq(authAccount.providerId, 'credential'))),
  )
  return row ?? null
}
