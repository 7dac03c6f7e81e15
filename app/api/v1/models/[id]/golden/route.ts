import { route } from '@/app/api/_http/route'
import { listGolden } from '@/lib/golden/list'
import { proposeGolden } from '@/lib/golden/propose'

export const GET = route(async (ctx, { params }) => listGolden(ctx, { id: params.id ?? '' }))

export const PUT = route(async (ctx, { params, request, query }) =>
  proposeGolden(ctx, { id: params.id ?? '', body: await request.text(), note: query.note }),
)
