import { notBuilt, route } from '@/app/api/_http/route'
import { listTasks } from '@/lib/task/list'

export const GET = route(async (ctx, { query }) => listTasks(ctx, query))

export const POST = notBuilt('POST tasks')
