import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { hashToken, newTokenSecret } from '@/lib/access/token-secret'
import { scopes } from '@/lib/access/verbs'

export const createTokenInput = z.object({
  name: z.string().trim().min(1).max(200),
  scopes: z.array(z.enum(scopes)).min(1),
  /** Model ids that it may touch; null: all. */
  models: z.array(z.string().min(1)).min(1).nullish(),
  /** Life in days; null: until it is revoked. */
  days: z.number().positive().max(3650).nullish(),
})

/** Makes an API token. The secret is given this once; only its SHA-256 is kept. */
export async function createToken(
  ctx: Context,
  input: z.input<typeof createTokenInput>,
): Promise<{ id: string; secret: string; expiresAt: Date | null }> {
  await ctx.allow('token.create')
  const parsed = createTokenInput.parse(input)
  const secret = newTokenSecret()
  const id = randomUUID()
  const expiresAt = parsed.days ? new Date(ctx.now.getTime() + parsed.days * 86_400_000) : null
  const row = { name: parsed.name, scopes: [...new Set(parsed.scopes)], models: parsed.models ?? null, expiresAt }
  await ctx.tx(async (tx) => {
    await tx.tokens.insert({ id, hash: hashToken(secret), createdAt: ctx.now, ...row })
    await audit(tx, ctx, 'token.create', `token/${id}`, { after: row })
  })
  return { id, secret, expiresAt }
}
