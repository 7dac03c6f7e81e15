'use client'

import Link from 'next/link'
import { Section } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { EventTime } from '@/app/_ui/event-time'
import { count, plural } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { alertStatus, kindWords, verdictWords } from '@/app/_ui/words'
import type { BacktestDetail, RaisedLive } from '@/lib/view/backtest'
import { duration } from './duration'
import css from './run.module.css'

type Alarm = NonNullable<BacktestDetail['result']>['alarms'][number]

const said = { real: 'was real', 'false-alarm': 'was false' } as const

/** What the run raised, in order, each with its delay and with the alert that live raised for it; then what live raised and this run did not. */
export function Alarms({ alarms, total, missed }: { alarms: Alarm[]; total: number; missed: RaisedLive[] }) {
  const columns: Column<Alarm>[] = [
    {
      id: 'why',
      head: 'What would have been raised',
      wrap: true,
      cell: (a) => (
        <span className={css.what}>
          <Status kind={alertStatus({ ...a, state: 'firing' })} bare />
          {a.why}
        </span>
      ),
    },
    { id: 'kind', head: 'Kind', width: '176px', wide: true, cell: (a) => kindWords[a.kind] },
    { id: 'verdict', head: 'Cause', width: '136px', wide: true, cell: (a) => verdictWords[a.verdict] },
    { id: 'onset', head: 'Onset', align: 'end', width: '104px', wide: true, cell: (a) => <EventTime at={a.onsetAt} /> },
    {
      id: 'delay',
      head: 'Delay',
      align: 'end',
      width: '120px',
      cell: (a) => `${count(a.delayEvents)} ev · ${duration(a.delayMs)}`,
    },
    {
      id: 'live',
      head: 'Live',
      width: '96px',
      cell: (a) =>
        a.alertId ? (
          <Link href={`/alerts/${encodeURIComponent(a.alertId)}`}>{a.resolution ? said[a.resolution] : 'raised'}</Link>
        ) : (
          'not raised'
        ),
    },
  ]
  return (
    <>
      <Section
        title="Its alarms"
        aside={
          alarms.length > 0 &&
          (total > alarms.length ? `the first ${count(alarms.length)} of ${count(total)}` : plural(total, 'alarm'))
        }
      >
        {alarms.length === 0 ? (
          <EmptyState title="It would have raised nothing" good>
            No evidence of this configuration passed its promise over this past.
          </EmptyState>
        ) : (
          <Table label="Alarms of this run" columns={columns} rows={alarms} rowKey={(a) => a.id} />
        )}
      </Section>
      {missed.length > 0 && (
        <Section title="Raised live, not here" aside={plural(missed.length, 'alert')}>
          <ul className={css.missed}>
            {missed.map((alert) => (
              <li key={alert.alertId}>
                <Link href={`/alerts/${encodeURIComponent(alert.alertId)}`}>{alert.why}</Link>
                <span>
                  {kindWords[alert.kind]} · fired <EventTime at={alert.firedAt} />
                  {alert.resolution && ` · ${said[alert.resolution]}`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
