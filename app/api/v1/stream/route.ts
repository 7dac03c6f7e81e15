import { route } from '@/app/api/_http/route'
import { liveHub } from '@/app/api/_live/hub'
import { hintStream } from '@/app/api/_live/stream'

export const GET = route(async (ctx, { request }) => {
  await ctx.allow('model.read')
  return hintStream(ctx, liveHub(), request.signal)
})
