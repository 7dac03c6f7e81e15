import { jsonBody } from '@/app/api/_http/body'
import { log } from '@/app/api/_http/log'
import { route } from '@/app/api/_http/route'
import { launchBacktest } from '@/lib/backtest/launch'
import { listBacktests } from '@/lib/backtest/read'

export const GET = route(async (ctx, { params }) => listBacktests(ctx, { id: params.id ?? '' }))

export const POST = route(async (ctx, { params, request }) => {
  const failed = (error: unknown) => log.error({ requestId: ctx.requestId, err: error }, 'a backtest failed')
  const run = await launchBacktest(ctx, { ...(await jsonBody(request)), id: params.id ?? '' }, failed)
  return Response.json(run, { status: 202 })
})
