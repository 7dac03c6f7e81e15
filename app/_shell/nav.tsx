'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { queries } from '@/app/_data/queries'
import css from './nav.module.css'

const screens = [
  { href: '/', name: 'Now' },
  { href: '/alerts', name: 'Alerts' },
  { href: '/incidents', name: 'Incidents' },
  { href: '/tasks', name: 'Tasks' },
  { href: '/models', name: 'Models' },
  { href: '/ingest', name: 'Ingest' },
] as const

/** Where one can go, and how much waits there. */
export function Nav() {
  const path = usePathname()
  const counts = useCounts()
  const nav = useRef<HTMLElement>(null)
  const said = Object.values(counts).join()
  // On a phone the last ones lie beyond the edge; where they lie changes with the path and the counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what they change is read from the page
  useEffect(() => {
    const here = nav.current?.querySelector('[aria-current]')
    if (!nav.current || !here) return
    const [all, one] = [nav.current.getBoundingClientRect(), here.getBoundingClientRect()]
    nav.current.scrollLeft += one.left + one.width / 2 - (all.left + all.width / 2)
  }, [path, said])
  return (
    <nav ref={nav} className={css.nav} aria-label="Main">
      <ul>
        {screens.map(({ href, name }) => {
          const here = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
          const waiting = counts[href]
          return (
            <li key={href}>
              <Link href={href} aria-current={here ? 'page' : undefined}>
                {name}
                {waiting ? (
                  <span className={css.count}>
                    {waiting}
                    <span className="visually-hidden"> open</span>
                  </span>
                ) : null}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function useCounts(): Record<string, string | undefined> {
  const alerts = useQuery(queries.alerts({ status: 'firing' })).data
  const incidents = useQuery(queries.incidents('open')).data
  const tasks = useQuery(queries.tasks('open')).data
  const tell = (page?: { items: unknown[]; nextCursor: string | null }) =>
    page && page.items.length > 0 ? `${page.items.length}${page.nextCursor ? '+' : ''}` : undefined
  return { '/alerts': tell(alerts), '/incidents': tell(incidents), '/tasks': tell(tasks) }
}
