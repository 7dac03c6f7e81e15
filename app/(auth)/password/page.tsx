import type { Metadata } from 'next'
import { pageContext, personOf } from '@/app/_data/read'
import { hasPassword } from '@/lib/access/set-password'
import { PasswordForm } from './form'

export const metadata: Metadata = { title: 'Password' }

/** Who came by a link chooses a password here. */
export default async function PasswordPage() {
  const ctx = await pageContext()
  return <PasswordForm email={personOf(ctx) ?? ''} has={await hasPassword(ctx)} />
}
