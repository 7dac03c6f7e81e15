import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { acknowledgeAlert, type acknowledgeInput } from '@/lib/alert/acknowledge'

type Input = z.input<typeof acknowledgeInput>

export const POST = route(async (ctx, { params, request }) =>
  acknowledgeAlert(ctx, { ...(await jsonBody(request)), alertId: params.id ?? '' } as Input),
)
