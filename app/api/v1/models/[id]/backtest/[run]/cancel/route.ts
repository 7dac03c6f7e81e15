import { route } from '@/app/api/_http/route'
import { cancelBacktest } from '@/lib/backtest/cancel'

export const POST = route(async (ctx, { params }) =>
  cancelBacktest(ctx, { id: params.id ?? '', run: params.run ?? '' }),
)
