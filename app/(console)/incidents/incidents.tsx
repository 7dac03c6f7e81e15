'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { EventTime } from '@/app/_ui/event-time'
import { plural } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import { verdictWords } from '@/app/_ui/words'
import type { IncidentItem } from '@/lib/view/incident'
import css from './incidents.module.css'
import { incidentMark } from './mark'
import { incidentStatus } from './status'

const columns: Column<IncidentItem>[] = [
  {
    id: 'title',
    head: 'Incident',
    wrap: true,
    cell: (i) => (
      <span className={css.title}>
        <Status kind={incidentMark(i)} bare />
        <span>
          <span className={css.number}>{i.number}</span> {i.title}
        </span>
      </span>
    ),
  },
  { id: 'model', head: 'Model', width: '128px', wide: true, cell: (i) => i.model },
  { id: 'verdict', head: 'Cause', width: '144px', wide: true, cell: (i) => verdictWords[i.verdict] },
  { id: 'alerts', head: 'Alerts', align: 'end', width: '64px', wide: true, cell: (i) => i.alerts },
  {
    id: 'tasks',
    head: 'Tasks done',
    align: 'end',
    width: '88px',
    cell: (i) => (i.tasks > 0 ? `${i.tasksDone} of ${i.tasks}` : '–'),
  },
  { id: 'onset', head: 'Began', align: 'end', width: '112px', wide: true, cell: (i) => <EventTime at={i.onsetAt} /> },
  { id: 'opened', head: 'Opened', align: 'end', width: '96px', cell: (i) => <Time at={i.openedAt} /> },
]

export function Incidents() {
  const [raw, setRaw] = useQueryState('status', parseAsString.withOptions({ history: 'push' }))
  const status = incidentStatus(raw)
  const { data } = useQuery({ ...queries.incidents(status), placeholderData: (old) => old })
  const incidents = data?.items ?? []
  return (
    <Screen title="Incidents" aside={incidents.length > 0 && plural(incidents.length, 'incident')}>
      <div className={css.bar}>
        <Choice
          label="State"
          value={status ?? 'all'}
          options={['open', 'resolved', 'all']}
          onChange={(s) => void setRaw(s === 'open' ? null : s)}
        />
      </div>
      {incidents.length > 0 ? (
        <Table
          main
          label="Incidents"
          columns={columns}
          rows={incidents}
          rowKey={(i) => i.id}
          href={(i) => `/incidents/${i.id}`}
        />
      ) : status === 'open' ? (
        <EmptyState good title="No incident is open">
          Alerts of one cause open one incident, with the tasks of the playbook that fits. It stays here until someone
          resolves it.
        </EmptyState>
      ) : (
        <EmptyState title={status === 'resolved' ? 'No incident was resolved yet' : 'No incident yet'}>
          Incidents that were resolved are kept here with their timeline.
        </EmptyState>
      )}
    </Screen>
  )
}
