import { measure } from '@/app/api/_http/measure'
import { metrics } from '@/app/api/_http/metrics'
import { open } from '@/app/api/_http/route'
import { txOver } from '@/db/tx'
import { runtime } from '@/lib/access/runtime'

/** Prometheus exposition; no label names a model, a source or a person. */
export const GET = open(async () => {
  await measure(txOver(runtime().connection.db), new Date())
  return new Response(await metrics.registry.metrics(), { headers: { 'content-type': metrics.registry.contentType } })
})
