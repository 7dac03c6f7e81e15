import { open } from '@/app/api/_http/route'
import { runtime } from '@/lib/access/runtime'
import { readiness } from '@/lib/ingest-status/readiness'

/** The database answers, its schema is this code's, and a worker lives. */
export const GET = open(async () => {
  const answer = await readiness(runtime().connection.db, new Date())
  return Response.json(answer, { status: answer.status === 'ready' ? 200 : 503 })
})
