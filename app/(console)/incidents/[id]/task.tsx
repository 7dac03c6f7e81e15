'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { useNow } from '@/app/_ui/now'
import { Time } from '@/app/_ui/time'
import type { TaskItem } from '@/lib/view/incident'
import { Done } from './done'
import css from './task.module.css'
import { useTaskActions } from './use-task-actions'

const marks = { todo: '○', doing: '◐', done: '●', skipped: '–' } as const

export function Task({ task, me }: { task: TaskItem; me: string | null }) {
  const [closing, setClosing] = useState(false)
  const { assign, start, complete, reopen } = useTaskActions()
  const now = useNow()
  const open = task.state === 'todo' || task.state === 'doing'
  const late = open && Date.parse(task.dueAt) < now
  return (
    <li className={css.task} data-state={task.state}>
      <span className={css.mark} aria-hidden="true">
        {marks[task.state]}
      </span>
      <div>
        <p className={css.title}>
          {task.title} <span className="visually-hidden">({task.state})</span>
        </p>
        {open && <p className={css.guidance}>{task.guidance}</p>}
        {task.evidence && <p className={css.evidence}>{task.evidence}</p>}
        <p className={css.meta} data-late={late || undefined}>
          {task.owner ?? 'nobody yet'} ·{' '}
          {open ? (
            <>
              {late ? 'was due' : 'due'} <Time at={task.dueAt} />
            </>
          ) : (
            <>
              {task.state} <Time at={task.completedAt} />
            </>
          )}
        </p>
        {closing ? (
          <Done
            onCancel={() => setClosing(false)}
            onDone={(evidence) => {
              complete(task, evidence)
              setClosing(false)
            }}
          />
        ) : (
          <div className={css.buttons}>
            {open && me && task.owner !== me && <Button onClick={() => assign(task, me)}>Take it</Button>}
            {task.state === 'todo' && <Button onClick={() => start(task)}>Start</Button>}
            {open && <Button onClick={() => setClosing(true)}>Done…</Button>}
            {!open && (
              <Button tone="quiet" onClick={() => reopen(task)}>
                Reopen
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  )
}
