'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { queries } from '@/app/_data/queries'
import { Screen } from '@/app/_shell/screen'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { useNow } from '@/app/_ui/now'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import type { TaskItem } from '@/lib/view/incident'
import { taskState } from './state'
import css from './tasks.module.css'

const stateWords: Record<TaskItem['state'], string> = {
  todo: 'to do',
  doing: 'doing',
  done: 'done',
  skipped: 'skipped',
}

const columns: Column<TaskItem>[] = [
  { id: 'title', head: 'Task', wrap: true, cell: (t) => t.title },
  { id: 'incident', head: 'Incident', width: '96px', wide: true, cell: (t) => t.incidentNumber },
  { id: 'model', head: 'Model', width: '144px', wide: true, cell: (t) => t.model },
  { id: 'phase', head: 'Phase', width: '112px', wide: true, cell: (t) => t.phase },
  { id: 'owner', head: 'Owner', width: '144px', wide: true, cell: (t) => t.owner ?? 'nobody yet' },
  { id: 'state', head: 'State', width: '80px', wide: true, cell: (t) => stateWords[t.state] },
  { id: 'due', head: 'Due', align: 'end', width: '88px', cell: (t) => <Due task={t} /> },
]

/** What is to be done, soonest first; a task is worked on the page of its incident. */
export function Tasks() {
  const [raw, setRaw] = useQueryState('state', parseAsString.withOptions({ history: 'push' }))
  const state = taskState(raw)
  const { data } = useQuery({ ...queries.tasks(state), placeholderData: (old) => old })
  const tasks = [...(data?.items ?? [])].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  return (
    <Screen title="Tasks">
      <div className={css.bar}>
        <Choice
          label="State"
          value={state ?? 'all'}
          options={['open', 'done', 'all']}
          onChange={(s) => void setRaw(s === 'open' ? null : s)}
        />
      </div>
      {tasks.length > 0 ? (
        <Table
          main
          label="Tasks, soonest first"
          columns={columns}
          rows={tasks}
          rowKey={(t) => t.id}
          href={(t) => `/incidents/${t.incidentId}`}
        />
      ) : (
        <EmptyState
          good={state === 'open'}
          title={state === 'open' ? 'Nothing is to be done' : state === 'done' ? 'No task is done yet' : 'No task yet'}
        >
          When an alert opens an incident, the playbook that fits gives it tasks, each with a time by which it is due.
        </EmptyState>
      )}
    </Screen>
  )
}

function Due({ task }: { task: TaskItem }) {
  const now = useNow()
  const open = task.state === 'todo' || task.state === 'doing'
  if (!open) return <Time at={task.completedAt} />
  return (
    <span className={Date.parse(task.dueAt) < now ? css.late : undefined}>
      <Time at={task.dueAt} />
    </span>
  )
}
