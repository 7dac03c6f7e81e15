import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { assignAlert, type assignInput } from '@/lib/alert/assign'

type Input = z.input<typeof assignInput>

export const POST = route(async (ctx, { params, request }) =>
  assignAlert(ctx, { ...(await jsonBody(request)), alertId: params.id ?? '' } as Input),
)
