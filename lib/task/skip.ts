import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { TaskItem } from '@/lib/view/incident'
import { changeInput, changeTask } from './change'

export const skipTaskInput = changeInput.extend({ reason: z.string().trim().min(1).max(10_000) })

/** Leaves a task out, and says why; the reason stands where the evidence would. Safe to repeat with the same reason. */
export async function skipTask(ctx: Context, input: z.input<typeof skipTaskInput>): Promise<TaskItem> {
  await ctx.allow('task.complete')
  const { reason, ...which } = skipTaskInput.parse(input)
  return changeTask(ctx, 'task.complete', which, (task) => {
    if (task.state === 'skipped' && task.evidence === reason) return null
    if (task.state === 'done' || task.state === 'skipped') {
      throw new Conflict(`this task is ${task.state}: undo that first`, { task: task.id, state: task.state })
    }
    return {
      set: { state: 'skipped', evidence: reason, completedAt: ctx.now },
      entry: 'task.skipped',
      body: { evidence: reason },
    }
  })
}
