'use client'

import Link from 'next/link'
import { Suspense } from 'react'
import { useLive } from '@/app/_data/use-live'
import { RangePicker } from '@/app/_ui/range-picker'
import type { Theme } from '@/app/_ui/theme-choice'
import { ThemeSwitch } from '@/app/_ui/theme-switch'
import { Mark } from './mark'
import { Me } from './me'
import { Nav } from './nav'
import css from './top-bar.module.css'

export function TopBar({ theme, person }: { theme: Theme; person: string | null }) {
  const live = useLive()
  return (
    <header className={css.bar}>
      <a className={css.skip} href="#main">
        Skip to content
      </a>
      <Link className={css.brand} href="/" aria-label="Assay: now">
        <Mark />
        Assay
      </Link>
      <Nav />
      <div className={css.end}>
        {!live && (
          <span
            className={css.offline}
            role="status"
            title="The live stream is interrupted; the page still refreshes every minute."
          >
            not live
          </span>
        )}
        <Suspense>
          <RangePicker />
        </Suspense>
        <ThemeSwitch start={theme} />
        {person && <Me name={person} />}
      </div>
    </header>
  )
}
