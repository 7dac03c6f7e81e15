import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { auditSource, type auditSourceInput } from '@/lib/source/audit'

export const POST = route(async (ctx, { params, request }) =>
  auditSource(ctx, {
    ...(await jsonBody(request)),
    id: params.id ?? '',
    origin: params.origin ?? '',
  } as z.input<typeof auditSourceInput>),
)
