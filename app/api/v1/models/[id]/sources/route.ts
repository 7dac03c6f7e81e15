import { route } from '@/app/api/_http/route'
import { readSources } from '@/lib/model/sources'

export const GET = route(async (ctx, { params }) => readSources(ctx, { id: params.id ?? '' }))
