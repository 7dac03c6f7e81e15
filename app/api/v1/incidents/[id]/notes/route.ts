import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { noteIncident, type noteInput } from '@/lib/incident/note'

type Input = z.input<typeof noteInput>

export const POST = route(async (ctx, { params, request }) =>
  noteIncident(ctx, { ...(await jsonBody(request)), id: params.id ?? '' } as Input),
)
