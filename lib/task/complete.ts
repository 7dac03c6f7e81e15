import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { TaskItem } from '@/lib/view/incident'
import { changeInput, changeTask } from './change'

export const completeTaskInput = changeInput.extend({ evidence: z.string().trim().min(1).max(10_000) })

/** Says that a task is done, and what proves it. Safe to repeat with the same evidence. */
export async function completeTask(ctx: Context, input: z.input<typeof completeTaskInput>): Promise<TaskItem> {
  await ctx.allow('task.complete')
  const { evidence, ...which } = completeTaskInput.parse(input)
  return changeTask(ctx, 'task.complete', which, (task) => {
    if (task.state === 'done' && task.evidence === evidence) return null
    if (task.state === 'done' || task.state === 'skipped') {
      throw new Conflict(`this task is ${task.state}: undo that first`, { task: task.id, state: task.state })
    }
    const set = { state: 'done' as const, evidence, completedAt: ctx.now, owner: task.owner ?? ctx.actor.name }
    return { set, entry: 'task.completed', body: { evidence } }
  })
}
