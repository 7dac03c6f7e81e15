import { route } from '@/app/api/_http/route'
import { decideGolden } from '@/lib/golden/decide'

export const POST = route(async (ctx, { params }) =>
  decideGolden(ctx, { id: params.id ?? '', set: params.set ?? '', what: 'approve' }),
)
