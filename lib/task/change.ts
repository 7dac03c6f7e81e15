import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict, NotFound } from '@/lib/access/errors'
import type { Verb } from '@/lib/access/verbs'
import type { TaskItem } from '@/lib/view/incident'
import { type TaskRow, toTaskItem } from './item'
import { taskStates } from './list'

/** What every verb on a task takes. `seen`: the state that the caller saw; the verb fails if it is another by now. */
export const changeInput = z.object({ taskId: z.string().min(1).max(300), seen: z.enum(taskStates).nullish() })

export interface Change {
  readonly set: Partial<Pick<TaskRow, 'state' | 'owner' | 'evidence' | 'completedAt'>>
  /** Entry of the incident's timeline, such as `task.completed`, and what it says. */
  readonly entry: string
  readonly body: Record<string, unknown>
}

/**
 * Steps 3 to 5 of every verb on a task: one transaction, only if it is still as seen, timeline and audit with it.
 * @param change what to do with the task as it is now; null: it is so already, and nothing is written.
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeTask(
  ctx: Context,
  verb: Verb,
  input: z.output<typeof changeInput>,
  change: (task: TaskRow) => Change | null,
): Promise<TaskItem> {
  return ctx.tx(async (tx) => {
    const task = await tx.tasks.byId(input.taskId)
    if (!task) throw new NotFound(`no task ${JSON.stringify(input.taskId)}`, { task: input.taskId })
    await ctx.allow(verb, task.model)
    if (input.seen && input.seen !== task.state) {
      throw new Conflict(`this task is ${task.state} by now`, { task: task.id, seen: input.seen, state: task.state })
    }
    const wanted = change(task)
    if (!wanted) return toTaskItem(task)
    const set = { ...wanted.set, updatedAt: ctx.now }
    if (!(await tx.tasks.updateIf(task.id, [task.state], set))) {
      throw new Conflict('this task changed meanwhile', { task: task.id, seen: task.state })
    }
    await tx.timeline.add({
      incidentId: task.incidentId,
      at: ctx.now,
      kind: wanted.entry,
      actor: ctx.actor.name,
      body: { taskId: task.id, title: task.title, ...wanted.body },
    })
    const before = { state: task.state, owner: task.owner, evidence: task.evidence }
    await audit(tx, ctx, verb, `task/${task.id}`, { before, after: wanted.set })
    await tx.notify.changed(task.model, ['tasks', 'incidents'])
    return toTaskItem({ ...task, ...set })
  })
}
