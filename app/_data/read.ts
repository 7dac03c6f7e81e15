import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { connection } from 'next/server'
import type { Context } from '@/lib/access/context'
import { NotFound, Unauthenticated } from '@/lib/access/errors'
import { contextOfRequest } from '@/lib/access/request'

/** The context of the person who looks; who is not signed in is sent there first, and comes back. */
export async function pageContext(): Promise<Context> {
  await connection()
  const sent = await headers()
  try {
    return await contextOfRequest(sent)
  } catch (error) {
    if (error instanceof Unauthenticated) redirect(signIn(sent.get('x-assay-address')))
    throw error
  }
}

/** @param address what was asked for, as proxy.ts tells it. */
const signIn = (address: string | null): string =>
  address && address !== '/' ? `/sign-in?next=${encodeURIComponent(address)}` : '/sign-in'

/** Their name, where a person is signed in. */
export const personOf = (ctx: Context): string | null => (ctx.actor.kind === 'user' ? ctx.actor.name : null)

/** What does not exist is a page that says so. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    if (error instanceof NotFound) notFound()
    throw error
  }
}

/** The address that the reader used, for commands that they can paste. */
export async function ownAddress(): Promise<string> {
  const at = await headers()
  const host = at.get('x-forwarded-host') ?? at.get('host') ?? 'localhost'
  return `${at.get('x-forwarded-proto') ?? 'http'}://${host}`
}
