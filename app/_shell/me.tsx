'use client'

import { CircleUserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/app/_ui/button'
import { Menu } from '@/app/_ui/menu'

export function Me({ name }: { name: string }) {
  const router = useRouter()
  async function signOut() {
    await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    window.location.assign('/sign-in')
  }
  return (
    <Menu
      label="Account"
      trigger={
        <Button tone="quiet" aria-label={`Signed in as ${name}`} style={{ width: 32, padding: 0 }}>
          <CircleUserRound size={16} aria-hidden="true" />
        </Button>
      }
      items={[
        { label: 'Password…', onSelect: () => router.push('/password') },
        { label: 'Sign out', note: name, onSelect: () => void signOut() },
      ]}
    />
  )
}
