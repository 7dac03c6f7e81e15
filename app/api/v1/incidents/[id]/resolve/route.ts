import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { resolveIncident, type resolveIncidentInput } from '@/lib/incident/resolve'

type Input = z.input<typeof resolveIncidentInput>

export const POST = route(async (ctx, { params, request }) =>
  resolveIncident(ctx, { ...(await jsonBody(request)), id: params.id ?? '' } as Input),
)
