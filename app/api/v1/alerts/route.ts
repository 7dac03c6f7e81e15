import { route } from '@/app/api/_http/route'
import { listAlerts } from '@/lib/alert/list'

export const GET = route(async (ctx, { query }) => listAlerts(ctx, query))
