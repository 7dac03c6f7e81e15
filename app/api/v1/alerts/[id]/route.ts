import { route } from '@/app/api/_http/route'
import { readAlert } from '@/lib/alert/read'

export const GET = route(async (ctx, { params }) => readAlert(ctx, { id: params.id ?? '' }))
