import { route } from '@/app/api/_http/route'
import { readClusters } from '@/lib/source/clusters'

export const GET = route(async (ctx, { params }) => readClusters(ctx, { id: params.id ?? '' }))
