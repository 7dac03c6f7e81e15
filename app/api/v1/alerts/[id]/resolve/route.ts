import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { resolveAlert, type resolveInput } from '@/lib/alert/resolve'

type Input = z.input<typeof resolveInput>

export const POST = route(async (ctx, { params, request }) =>
  resolveAlert(ctx, { ...(await jsonBody(request)), alertId: params.id ?? '' } as Input),
)
