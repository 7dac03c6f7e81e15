import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { contextOfRequest } from '@/lib/access/request'
import { ownPath } from '../own-path'
import { SignInForm } from './form'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  await connection()
  const { next, error } = await searchParams
  const to = ownPath(typeof next === 'string' ? next : null)
  const known = await contextOfRequest(await headers()).catch(() => null)
  if (known) redirect(to)
  return <SignInForm to={to} linkFailed={error !== undefined} />
}
