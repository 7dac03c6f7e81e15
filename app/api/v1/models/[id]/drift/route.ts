import { route } from '@/app/api/_http/route'
import { readDrift } from '@/lib/model/drift'

export const GET = route(async (ctx, { params, query }) => readDrift(ctx, { ...query, id: params.id ?? '' }))
