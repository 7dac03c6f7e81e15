import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { TaskItem } from '@/lib/view/incident'
import { changeInput, changeTask } from './change'

export const assignTaskInput = changeInput.extend({ owner: z.string().trim().min(1).max(200).nullable() })

/** Gives a task an owner, or none (null). Safe to repeat. */
export async function assignTask(ctx: Context, input: z.input<typeof assignTaskInput>): Promise<TaskItem> {
  await ctx.allow('task.assign')
  const { owner, ...which } = assignTaskInput.parse(input)
  return changeTask(ctx, 'task.assign', which, (task) =>
    task.owner === owner ? null : { set: { owner }, entry: 'task.assigned', body: { owner } },
  )
}
