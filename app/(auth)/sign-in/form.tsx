'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_ui/button'
import css from '../auth.module.css'

const stale =
  'This link was used already, or is older than a day. A new one is printed at the next start, as long as no administrator has a password.'

export function SignInForm({ to, linkFailed }: { to: string; linkFailed: boolean }) {
  const [wrong, setWrong] = useState(linkFailed ? stale : '')
  const [busy, setBusy] = useState(false)
  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setWrong('')
    const answer = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: form.get('email'), password: form.get('password') }),
    }).catch(() => null)
    if (answer?.ok) return window.location.assign(to)
    setBusy(false)
    setWrong(
      answer === null || answer.status >= 500
        ? 'Assay does not answer. Try again shortly.'
        : answer.status === 429
          ? 'Too many tries. Wait some seconds.'
          : 'Email or password is wrong.',
    )
  }
  return (
    <form className={css.card} onSubmit={(event) => void signIn(event)} method="post">
      <h1>Sign in to Assay</h1>
      <label className={css.field}>
        Email
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label className={css.field}>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <p role="alert" className={css.wrong}>
        {wrong}
      </p>
      <Button type="submit" tone="primary" disabled={busy}>
        Sign in
      </Button>
      <p>The first time, open the single-use link that the start printed, then choose a password.</p>
    </form>
  )
}
