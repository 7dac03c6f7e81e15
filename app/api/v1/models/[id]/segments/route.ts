import { route } from '@/app/api/_http/route'
import { readSegments } from '@/lib/model/segments'

export const GET = route(async (ctx, { params, query }) => readSegments(ctx, { ...query, id: params.id ?? '' }))
