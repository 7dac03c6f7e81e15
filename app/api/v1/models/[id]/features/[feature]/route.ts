import { route } from '@/app/api/_http/route'
import { readFeature } from '@/lib/model/feature'

export const GET = route(async (ctx, { params, query }) =>
  readFeature(ctx, { ...query, id: params.id ?? '', feature: params.feature ?? '' }),
)
