import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { TaskItem } from '@/lib/view/incident'
import { changeInput, changeTask } from './change'

export const undoTaskInput = changeInput

/** Puts a task back to be done; its evidence stays in the timeline. Safe to repeat. */
export async function undoTask(ctx: Context, input: z.input<typeof undoTaskInput>): Promise<TaskItem> {
  await ctx.allow('task.complete')
  return changeTask(ctx, 'task.complete', undoTaskInput.parse(input), (task) =>
    task.state === 'todo'
      ? null
      : { set: { state: 'todo', evidence: null, completedAt: null }, entry: 'task.undone', body: { from: task.state } },
  )
}
