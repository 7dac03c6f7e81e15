import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { TaskItem } from '@/lib/view/incident'
import type { Page } from '@/lib/view/page'
import { listOf, pageInput, pageOf, readCursor } from '@/lib/view/page'
import { toTaskItem } from './item'

export const taskStates = ['todo', 'doing', 'done', 'skipped'] as const
export const taskListInput = pageInput.extend({
  /** States, comma separated; `open` is todo and doing. */
  state: listOf([...taskStates, 'open'], 'state'),
  model: z.string().max(1024).nullish(),
  incident: z.string().max(200).nullish(),
  owner: z.string().max(200).nullish(),
})

/** Tasks, the one due first at the top. */
export async function listTasks(
  ctx: Context,
  input: Partial<z.input<typeof taskListInput>> = {},
): Promise<Page<TaskItem>> {
  const { state, model, incident, owner, cursor, limit } = taskListInput.parse(input)
  await ctx.allow('task.read', model ?? undefined)
  const after = readCursor(cursor)
  const states = state?.flatMap((s) => (s === 'open' ? (['todo', 'doing'] as const) : [s]))
  const filter = {
    ...(states ? { states } : {}),
    ...(model ? { model } : {}),
    ...(incident ? { incidentId: incident } : {}),
    ...(owner ? { owner } : {}),
    models: ctx.models,
  }
  const rows = await ctx.read((tx) => tx.tasks.page(filter, limit + 1, after))
  return pageOf(rows, limit, toTaskItem, (row) => ({ at: row.dueAt, id: row.id }))
}
