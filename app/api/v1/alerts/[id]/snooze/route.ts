import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { snoozeAlert, type snoozeInput } from '@/lib/alert/snooze'

type Input = z.input<typeof snoozeInput>

export const POST = route(async (ctx, { params, request }) =>
  snoozeAlert(ctx, { ...(await jsonBody(request)), alertId: params.id ?? '' } as Input),
)
