'use client'

import { useState } from 'react'
import { post } from '@/app/_data/api'
import { useAct } from '@/app/_data/use-act'
import { Button } from '@/app/_ui/button'
import { count } from '@/app/_ui/format'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import type { SourceDetail } from '@/lib/view/source'
import css from './audits.module.css'

type Audit = SourceDetail['audits'][number]

const columns: Column<Audit>[] = [
  { id: 'at', head: 'When', width: '112px', cell: (a) => <Time at={a.at} /> },
  { id: 'ok', head: 'Right', align: 'end', width: '72px', cell: (a) => count(a.ok) },
  { id: 'bad', head: 'Wrong', align: 'end', width: '72px', cell: (a) => count(a.bad) },
  { id: 'by', head: 'By', width: '200px', wide: true, cell: (a) => a.by },
  { id: 'note', head: 'Note', cell: (a) => a.note ?? '–' },
]

/** Someone looks at rows of a source, and says how many were right. */
export function Audits({ id, source }: { id: string; source: SourceDetail }) {
  const [asked, setAsked] = useState({ ok: '', bad: '', note: '' })
  const { act, refused } = useAct()

  async function send() {
    await post(`/api/v1/models/${encodeURIComponent(id)}/sources/${encodeURIComponent(source.origin)}/audits`, {
      ok: Number(asked.ok || 0),
      bad: Number(asked.bad || 0),
      note: asked.note || null,
    })
    setAsked({ ok: '', bad: '', note: '' })
  }

  return (
    <>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void act(send)
        }}
      >
        <label>
          Rows right
          <input
            type="number"
            min={0}
            max={10000}
            value={asked.ok}
            onChange={(e) => setAsked({ ...asked, ok: e.target.value })}
          />
        </label>
        <label>
          Rows wrong
          <input
            type="number"
            min={0}
            max={10000}
            value={asked.bad}
            onChange={(e) => setAsked({ ...asked, bad: e.target.value })}
          />
        </label>
        <label>
          Note
          <input type="text" value={asked.note} onChange={(e) => setAsked({ ...asked, note: e.target.value })} />
        </label>
        <Button type="submit" disabled={Number(asked.ok || 0) + Number(asked.bad || 0) < 1}>
          Write down
        </Button>
        {refused && (
          <p className={css.refused} role="alert">
            {refused}
          </p>
        )}
      </form>
      {source.audits.length > 0 ? (
        <Table
          label="Looks at its rows, latest first"
          columns={columns}
          rows={source.audits}
          rowKey={(a) => `${a.at} ${a.by} ${a.ok} ${a.bad}`}
        />
      ) : (
        <p className={css.none}>
          Nobody has looked yet, so it counts as a newcomer. Take 50 of its rows at random, check their labels, and
          write down how many were right.
        </p>
      )}
    </>
  )
}
