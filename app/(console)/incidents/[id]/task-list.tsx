'use client'

import { groupBy } from '@/app/_ui/group-by'
import type { TaskItem } from '@/lib/view/incident'
import { Task } from './task'
import css from './task.module.css'

/** A playbook's steps in their phases, worked in place. */
export function TaskList({ tasks, me }: { tasks: TaskItem[]; me: string | null }) {
  if (tasks.length === 0)
    return <p className={css.none}>No playbook fits this incident; nothing is asked of you but to look.</p>
  const phases = groupBy(tasks, (t) => t.phase)
  return (
    <div>
      {[...phases].map(([phase, steps]) => (
        <section key={phase}>
          <h3 className={css.phase}>{phase}</h3>
          <ul>
            {steps.map((task) => (
              <Task key={task.id} task={task} me={me} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
