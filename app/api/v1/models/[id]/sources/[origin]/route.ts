import { route } from '@/app/api/_http/route'
import { readSource } from '@/lib/source/read'

export const GET = route(async (ctx, { params }) =>
  readSource(ctx, { id: params.id ?? '', origin: params.origin ?? '' }),
)
