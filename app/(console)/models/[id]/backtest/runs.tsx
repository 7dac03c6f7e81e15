'use client'

import { Section } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { count, percent, plural } from '@/app/_ui/format'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import type { BacktestItem } from '@/lib/view/backtest'
import { configWords } from './config'
import css from './run.module.css'

/** The latest runs of a model, newest first. */
export function Runs({
  runs,
  shown,
  onShow,
}: {
  runs: BacktestItem[]
  shown: string | null
  onShow: (run: string) => void
}) {
  const columns: Column<BacktestItem>[] = [
    { id: 'config', head: 'Configuration', wrap: true, cell: (r) => configWords(r.config) },
    { id: 'events', head: 'Events', align: 'end', width: '88px', wide: true, cell: (r) => count(r.total) },
    {
      id: 'state',
      head: 'Came to',
      width: '152px',
      cell: (r) =>
        r.state === 'done'
          ? `${plural(r.alarms ?? 0, 'alarm')}, ${count(r.incidents ?? 0)} inc.`
          : r.state === 'running'
            ? percent(r.total > 0 ? r.done / r.total : 0)
            : r.state,
    },
    { id: 'by', head: 'By', width: '144px', wide: true, cell: (r) => r.startedBy },
    { id: 'at', head: 'Started', align: 'end', width: '96px', wide: true, cell: (r) => <Time at={r.startedAt} /> },
    {
      id: 'show',
      head: <span className="visually-hidden">Show</span>,
      width: '80px',
      cell: (r) =>
        r.id === shown ? (
          <span className={css.shown}>shown</span>
        ) : (
          <Button
            tone="quiet"
            className={css.show}
            onClick={() => onShow(r.id)}
            aria-label={`Show the run: ${configWords(r.config)}`}
          >
            Show
          </Button>
        ),
    },
  ]
  return (
    <Section title="Runs">
      <Table label="Runs, newest first" columns={columns} rows={runs} rowKey={(r) => r.id} />
    </Section>
  )
}
