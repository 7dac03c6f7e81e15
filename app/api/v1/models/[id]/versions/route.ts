import { route } from '@/app/api/_http/route'
import { readVersions } from '@/lib/model/versions'

export const GET = route(async (ctx, { params }) => readVersions(ctx, { id: params.id ?? '' }))
