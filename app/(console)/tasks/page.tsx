import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { pageContext } from '@/app/_data/read'
import { one } from '@/app/_ui/range'
import { listTasks } from '@/lib/task/list'
import { taskState } from './state'
import { Tasks } from './tasks'

export const metadata: Metadata = { title: 'Tasks' }

export default async function TasksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const state = taskState(one((await searchParams).state))
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.tasks(state).queryKey, await listTasks(ctx, state ? { state } : {})]]}>
      <Tasks />
    </Hydrate>
  )
}
