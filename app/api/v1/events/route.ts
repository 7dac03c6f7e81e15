import { doorOf } from '@/app/api/_door/door'
import { route } from '@/app/api/_http/route'
import { Invalid } from '@/lib/access/errors'
import { runtime } from '@/lib/access/runtime'
import { ingestEvents } from '@/lib/event/ingest'

export const POST = route(async (ctx, { request }) => {
  if (!request.body) throw new Invalid('the body holds no event; expected NDJSON, or a JSON array of CloudEvents')
  return Response.json(await ingestEvents(ctx, request.body, doorOf(runtime().config)), { status: 202 })
})
