import type { Tx } from '@/db/tx'
import type { Principal } from './context'
import { Unauthenticated } from './errors'
import { hashToken, looksLikeToken } from './token-secret'

/** @throws Unauthenticated when the token is unknown, revoked or expired. */
export async function verifyToken(tx: Tx, secret: string, now: Date): Promise<Principal> {
  const row = looksLikeToken(secret) ? await tx.tokens.byHash(hashToken(secret)) : null
  if (!row) throw new Unauthenticated('no such token')
  if (row.revokedAt) throw new Unauthenticated('this token was revoked')
  if (row.expiresAt && row.expiresAt <= now)
    throw new Unauthenticated(`this token expired at ${row.expiresAt.toISOString()}`)
  await tx.tokens.used(row.id, now)
  return { kind: 'token', id: row.id, name: row.name, scopes: row.scopes, models: row.models }
}
