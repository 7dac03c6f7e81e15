'use client'

import { post } from '@/app/_data/api'
import { useActAloud } from '@/app/_data/use-act'
import type { TaskItem } from '@/lib/view/incident'

/** Working a task: sent, shown from the server's answer, with the way back. */
export function useTaskActions() {
  const aloud = useActAloud('The task stayed as it was')

  const act = (
    task: TaskItem,
    verb: 'assign' | 'start' | 'complete' | 'undo',
    body: Record<string, unknown>,
    done: string,
    undo?: () => void,
  ) =>
    aloud(() => post(`/api/v1/tasks/${encodeURIComponent(task.id)}/${verb}`, { seen: task.state, ...body }), done, undo)
  const back = (task: TaskItem, now: TaskItem['state']) => () =>
    void act({ ...task, state: now }, 'undo', {}, 'Open again')

  return {
    assign: (task: TaskItem, owner: string) =>
      void act(
        task,
        'assign',
        { owner },
        'It is yours',
        () => void act(task, 'assign', { owner: task.owner }, 'Owner put back'),
      ),
    start: (task: TaskItem) => void act(task, 'start', {}, 'Started', back(task, 'doing')),
    complete: (task: TaskItem, evidence: string) =>
      void act(task, 'complete', { evidence }, 'Done, and on the timeline', back(task, 'done')),
    reopen: (task: TaskItem) => back(task, task.state)(),
  }
}
