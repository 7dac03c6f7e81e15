import { notBuilt, route } from '@/app/api/_http/route'
import { listIncidents } from '@/lib/incident/list'

export const GET = route(async (ctx, { query }) => listIncidents(ctx, query))

export const POST = notBuilt('POST incidents')
