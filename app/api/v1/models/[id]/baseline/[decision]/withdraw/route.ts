import { route } from '@/app/api/_http/route'
import { withdrawBaseline } from '@/lib/baseline/withdraw'

export const POST = route(async (ctx, { params }) =>
  withdrawBaseline(ctx, { id: params.id ?? '', decision: params.decision ?? '' }),
)
