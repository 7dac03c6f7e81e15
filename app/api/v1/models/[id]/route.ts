import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { configureModel } from '@/lib/model/configure'
import { readModel } from '@/lib/model/read'
import type { ModelConfig } from '@/lib/monitor/config'

export const GET = route(async (ctx, { params, query }) => readModel(ctx, { ...query, id: params.id ?? '' }))

export const PUT = route(async (ctx, { params, request }) =>
  configureModel(ctx, { id: params.id ?? '', config: (await jsonBody(request)) as ModelConfig }),
)
