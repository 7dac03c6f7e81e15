'use client'

import { useId, useState } from 'react'
import { Button } from '../button'
import css from './figure.module.css'

export interface Twin {
  columns: string[]
  rows: (string | number)[][]
}

/** A chart with its name, and its twin: the same numbers as a table, one button away. */
export function Figure({
  title,
  note,
  twin,
  children,
}: {
  title: React.ReactNode
  note?: React.ReactNode
  twin: Twin
  children: React.ReactNode
}) {
  const [table, setTable] = useState(false)
  const id = useId()
  return (
    <figure className={css.figure} aria-labelledby={id}>
      <figcaption className={css.head}>
        <h3 id={id}>{title}</h3>
        {note && <span className={css.note}>{note}</span>}
        <Button tone="quiet" className={css.toggle} aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? 'Chart' : 'Table'}
        </Button>
      </figcaption>
      {table ? <TwinTable twin={twin} /> : children}
    </figure>
  )
}

export function TwinTable({ twin }: { twin: Twin }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={css.scroll} tabIndex={0} aria-label="The same numbers">
      <table className={css.twin}>
        <thead>
          <tr>
            {twin.columns.map((c) => (
              <th key={c} scope="col">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {twin.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of numbers have no other identity
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={twin.columns[j]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
