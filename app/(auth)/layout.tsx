import type { ReactNode } from 'react'
import css from './auth.module.css'

/** Before the console: one narrow column, nothing else. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return <main className={css.page}>{children}</main>
}
