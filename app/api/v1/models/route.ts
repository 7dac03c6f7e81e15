import { route } from '@/app/api/_http/route'
import { listModels } from '@/lib/model/list'

export const GET = route(async (ctx, { query }) => listModels(ctx, query))
