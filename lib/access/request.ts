import { txOver } from '@/db/tx'
import type { Context, Principal } from './context'
import { contextFor } from './context-for'
import { Unauthenticated } from './errors'
import { scopesOf } from './roles'
import { type Runtime, runtime } from './runtime'
import { verifyToken } from './verify-token'

/**
 * Who a request is from: its bearer token, or the session in its cookies.
 * @throws Unauthenticated when it has neither, or one that is not good.
 */
export async function principalOf(headers: Headers, at: Runtime, now: Date): Promise<Principal> {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    if (!secret) throw new Unauthenticated('expected Authorization: Bearer <token>')
    return verifyToken(txOver(at.connection.db), secret, now)
  }
  const session = headers.has('cookie') ? await at.auth.api.getSession({ headers }) : null
  if (!session) throw new Unauthenticated('sign in, or send Authorization: Bearer <token>')
  const { user } = session
  return { kind: 'user', id: user.id, name: user.email, scopes: scopesOf(user.role ?? ''), models: null }
}

/** The context of a request, for routes and for pages: `contextOfRequest(await headers())`. @throws Unauthenticated. */
export async function contextOfRequest(headers: Headers, requestId?: string): Promise<Context> {
  const at = runtime()
  const now = new Date()
  const principal = await principalOf(headers, at, now)
  return contextFor(principal, at.connection.db, requestId === undefined ? { now } : { now, requestId })
}
