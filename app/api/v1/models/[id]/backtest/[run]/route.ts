import { route } from '@/app/api/_http/route'
import { readBacktest } from '@/lib/backtest/read'

export const GET = route(async (ctx, { params }) => readBacktest(ctx, { id: params.id ?? '', run: params.run ?? '' }))
