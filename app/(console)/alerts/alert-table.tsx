'use client'

import { multiple, multipleWords } from '@/app/_ui/evidence'
import { measure } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import { alertStatus, kindWords, verdictWords } from '@/app/_ui/words'
import type { AlertItem } from '@/lib/view/alert'
import css from './alert-table.module.css'

interface Props {
  alerts: AlertItem[]
  selected: ReadonlySet<string>
  onSelect: (next: ReadonlySet<string>) => void
  onAcknowledge: (alert: AlertItem) => void
}

export function AlertTable({ alerts, selected, onSelect, onAcknowledge }: Props) {
  const toggle = (id: string) =>
    onSelect(selected.has(id) ? new Set([...selected].filter((s) => s !== id)) : new Set([...selected, id]))
  const columns: Column<AlertItem>[] = [
    {
      id: 'select',
      head: <span className="visually-hidden">Select</span>,
      width: '32px',
      cell: (a) => (
        <input
          type="checkbox"
          className={css.check}
          checked={selected.has(a.id)}
          onChange={() => toggle(a.id)}
          aria-label={`Select: ${a.why}`}
        />
      ),
    },
    {
      id: 'why',
      head: 'What happened',
      wrap: true,
      cell: (a) => (
        <span className={css.what}>
          <Status kind={alertStatus(a)} bare />
          {a.why}
        </span>
      ),
    },
    {
      id: 'kind',
      head: 'Kind',
      width: '160px',
      wide: true,
      cell: (a) => <span title={a.kind}>{kindWords[a.kind]}</span>,
    },
    { id: 'verdict', head: 'Cause', width: '136px', wide: true, cell: (a) => verdictWords[a.verdict] },
    { id: 'model', head: 'Model', width: '112px', wide: true, cell: (a) => a.model },
    {
      id: 'evidence',
      head: 'Evidence',
      align: 'end',
      width: '88px',
      wide: true,
      cell: (a) => <span title={multipleWords(a.evidence)}>{multiple(a.evidence)} ×</span>,
    },
    {
      id: 'effect',
      head: 'Effect',
      align: 'end',
      width: '88px',
      wide: true,
      cell: (a) => <span title={a.evidence.effectUnit}>{measure(a.evidence.effect)}</span>,
    },
    {
      id: 'state',
      head: 'State',
      width: '128px',
      wide: true,
      cell: (a) => (a.owner && a.state === 'acknowledged' ? `${a.state} by ${a.owner}` : a.state),
    },
    { id: 'since', head: 'Raised', align: 'end', width: '96px', cell: (a) => <Time at={a.createdAt} /> },
  ]
  return (
    <Table
      main
      label="Alerts"
      columns={columns}
      rows={alerts}
      rowKey={(a) => a.id}
      href={(a) => `/alerts/${a.id}`}
      keys={{ a: onAcknowledge, x: (alert) => toggle(alert.id) }}
    />
  )
}
