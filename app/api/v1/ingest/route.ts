import { route } from '@/app/api/_http/route'
import { runtime } from '@/lib/access/runtime'
import { kafkaOf } from '@/lib/ingest-status/kafka'
import { readIngest } from '@/lib/ingest-status/read'

export const GET = route(async (ctx) => readIngest(ctx, kafkaOf(runtime().config)))
