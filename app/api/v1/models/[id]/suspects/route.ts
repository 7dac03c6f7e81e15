import { route } from '@/app/api/_http/route'
import { readSuspects } from '@/lib/model/suspects'

export const GET = route(async (ctx, { params, query }) => readSuspects(ctx, { ...query, id: params.id ?? '' }))
