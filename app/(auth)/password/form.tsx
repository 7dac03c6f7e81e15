'use client'

import { type FormEvent, useState } from 'react'
import { ApiError, post } from '@/app/_data/api'
import { Button } from '@/app/_ui/button'
import css from '../auth.module.css'

export function PasswordForm({ email, has }: { email: string; has: boolean }) {
  const [wrong, setWrong] = useState('')
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    try {
      await post('/api/v1/me/password', {
        newPassword: form.get('new'),
        ...(has ? { currentPassword: form.get('current') } : {}),
      })
      window.location.assign('/')
    } catch (error) {
      setWrong(error instanceof ApiError ? error.message : 'Assay does not answer. Try again shortly.')
    }
  }
  return (
    <form className={css.card} onSubmit={(event) => void save(event)} method="post">
      <h1>{has ? 'Change your password' : 'Choose a password'}</h1>
      <p>You sign in as {email}.</p>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {has && (
        <label className={css.field}>
          Password until now
          <input name="current" type="password" autoComplete="current-password" required />
        </label>
      )}
      <label className={css.field}>
        New password, at least 8 characters
        <input name="new" type="password" autoComplete="new-password" minLength={8} maxLength={256} required />
      </label>
      <p role="alert" className={css.wrong}>
        {wrong}
      </p>
      <Button type="submit" tone="primary">
        Save
      </Button>
    </form>
  )
}
