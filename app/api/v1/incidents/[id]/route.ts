import { route } from '@/app/api/_http/route'
import { readIncident } from '@/lib/incident/read'

export const GET = route(async (ctx, { params }) => readIncident(ctx, { id: params.id ?? '' }))
