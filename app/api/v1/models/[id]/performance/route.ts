import { route } from '@/app/api/_http/route'
import { readPerformance } from '@/lib/model/performance'

export const GET = route(async (ctx, { params, query }) => readPerformance(ctx, { ...query, id: params.id ?? '' }))
