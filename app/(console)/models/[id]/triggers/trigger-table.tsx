'use client'

import Link from 'next/link'
import { StripInline } from '@/app/_ui/charts/strip-inline'
import { EventTime } from '@/app/_ui/event-time'
import { count, percent } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { useRange } from '@/app/_ui/use-range'
import { Visible } from '@/app/_ui/visible'
import { shareOfPromise } from '@/lib/evidence/share'
import type { Strip } from '@/lib/view/strip'
import type { TriggerRow } from '@/lib/view/trigger'
import { suspectsOf } from './suspects-of'
import css from './triggers-screen.module.css'

export function TriggerTable({ model, triggers, strips }: { model: string; triggers: TriggerRow[]; strips: Strip[] }) {
  const { domain } = useRange()
  const axis = domain(strips)
  const stripOf = (t: TriggerRow) => strips.find((strip) => strip.id === t.kind)
  const columns: Column<TriggerRow>[] = [
    {
      id: 'pattern',
      head: 'Pattern',
      width: 'clamp(112px, 22vw, 340px)',
      cell: (t) => <Visible line text={t.pattern} />,
    },
    {
      id: 'state',
      head: 'State',
      width: '128px',
      cell: (t) =>
        t.state === 'confirmed' ? (
          <Status kind="poisoning">backdoor</Status>
        ) : (
          <Status kind="alarm">association</Status>
        ),
    },
    { id: 'label', head: 'Label', width: '96px', cell: (t) => <Visible line text={t.label} /> },
    {
      id: 'flips',
      head: 'Flip rate',
      align: 'end',
      wide: true,
      width: '168px',
      cell: (t) => <Flips of={t.canary} none="nothing to put it into" />,
    },
    {
      id: 'probes',
      head: 'Serving model',
      align: 'end',
      wide: true,
      width: '168px',
      cell: (t) => <Flips of={t.probes} none="no probe bears it" />,
    },
    {
      id: 'evidence',
      head: 'Evidence',
      wide: true,
      width: '168px',
      cell: (t) => {
        const strip = stripOf(t)
        return strip ? (
          <StripInline strip={strip} domain={axis} />
        ) : (
          `${percent(shareOfPromise(t.evidence))} of an alarm`
        )
      },
    },
    {
      id: 'support',
      head: 'Rows',
      align: 'end',
      wide: true,
      width: '72px',
      cell: (t) => <Link href={suspectsOf(model, t)}>{count(t.support)}</Link>,
    },
    { id: 'onset', head: 'Since', align: 'end', width: '96px', wide: true, cell: (t) => <EventTime at={t.onsetAt} /> },
  ]
  return (
    <Table
      main
      label="Triggers"
      columns={columns}
      rows={triggers}
      rowKey={(t) => `${t.label} ${t.pattern}`}
      href={(t) => (t.alertId ? `/alerts/${encodeURIComponent(t.alertId)}` : suspectsOf(model, t))}
    />
  )
}

function Flips({ of, none }: { of: TriggerRow['canary']; none: string }) {
  if (!of) return <span className={css.quiet}>{none}</span>
  return (
    <span className={css.figure} title={`${of.flips} of ${of.rows} rows`}>
      {percent(of.flipRate)}{' '}
      <span className={css.quiet}>
        {percent(of.ci[0])} to {percent(of.ci[1])}
      </span>
    </span>
  )
}
