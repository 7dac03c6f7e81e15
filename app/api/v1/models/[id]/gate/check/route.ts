import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { type checkInput, checkRows } from '@/lib/source/check'

export const POST = route(async (ctx, { params, request }) =>
  checkRows(ctx, { ...(await jsonBody(request)), id: params.id ?? '' } as z.input<typeof checkInput>),
)
