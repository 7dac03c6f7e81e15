import { route } from '@/app/api/_http/route'
import { readTriggers } from '@/lib/model/triggers'

export const GET = route(async (ctx, { params }) => readTriggers(ctx, { id: params.id ?? '' }))
