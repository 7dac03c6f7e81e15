import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { undoAlert, type undoAlertInput } from '@/lib/alert/undo'

type Input = z.input<typeof undoAlertInput>

export const POST = route(async (ctx, { params, request }) =>
  undoAlert(ctx, { ...(await jsonBody(request)), alertId: params.id ?? '' } as Input),
)
