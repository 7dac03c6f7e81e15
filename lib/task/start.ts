import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { TaskItem } from '@/lib/view/incident'
import { changeInput, changeTask } from './change'

export const startTaskInput = changeInput

/** Takes a task up; whoever starts a task that nobody owns, owns it. Safe to repeat. */
export async function startTask(ctx: Context, input: z.input<typeof startTaskInput>): Promise<TaskItem> {
  await ctx.allow('task.complete')
  return changeTask(ctx, 'task.complete', startTaskInput.parse(input), (task) => {
    if (task.state === 'doing') return null
    if (task.state !== 'todo')
      throw new Conflict(`this task is ${task.state}: undo that first`, { task: task.id, state: task.state })
    return { set: { state: 'doing', owner: task.owner ?? ctx.actor.name }, entry: 'task.started', body: {} }
  })
}
