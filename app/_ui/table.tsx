'use client'

import Link from 'next/link'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import css from './table.module.css'

export interface Column<T> {
  id: string
  head: ReactNode
  cell: (row: T) => ReactNode
  align?: 'end'
  /** CSS width; the column without one takes what is left. */
  width?: string
  /** Not on a phone. */
  wide?: boolean
  /** May break into lines, and is cut off no earlier. */
  wrap?: boolean
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  /** Where a row leads: its first cell becomes the link, the whole row its target. */
  href?: (row: T) => string
  /** Keys that act on the focused row, such as `a`. */
  keys?: Record<string, (row: T) => void>
  /** Answers j and k anywhere on the page; for the main table of a screen. */
  main?: boolean
  tone?: (row: T) => string | undefined
}

/** Rows of 32 px with tabular figures. j and k move, Enter opens, `keys` act on the row in focus. */
export function Table<T>({ label, columns, rows, rowKey, href, keys, main, tone }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null)

  useEffect(() => {
    if (!main) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (event.key === 'j') step(body.current, 1)
      else if (event.key === 'k') step(body.current, -1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [main])

  function act(event: KeyboardEvent, row: T) {
    const action = keys?.[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    event.preventDefault()
    action(row)
  }

  return (
    <div className={css.scroll}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((c) => (
              <th
                key={c.id}
                scope="col"
                data-align={c.align}
                data-wide={c.wide}
                style={c.width ? { width: c.width } : undefined}
              >
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              data-tone={tone?.(row)}
              data-link={href ? true : undefined}
              onKeyDown={(e) => act(e, row)}
            >
              {columns.map((c, i) => {
                const cell = c.cell(row)
                return (
                  <td key={c.id} data-align={c.align} data-wide={c.wide} data-wrap={c.wrap}>
                    {href && i === firstLinked(columns) ? (
                      <Link className={css.link} href={href(row)} data-row-link>
                        {cell}
                      </Link>
                    ) : (
                      cell
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The link is on the first column that is not a control. */
const firstLinked = <T,>(columns: Column<T>[]): number =>
  Math.max(
    0,
    columns.findIndex((c) => c.id !== 'select'),
  )

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(textarea|select)$/i.test(target.tagName) ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox'))

function step(body: HTMLElement | null, by: number) {
  const links = [...(body?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
  const current = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  const next =
    links[current < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, current + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
