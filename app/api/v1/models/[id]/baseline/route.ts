import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { adoptBaseline, type adoptInput } from '@/lib/baseline/adopt'
import { listAdopted } from '@/lib/baseline/list'

type Input = z.input<typeof adoptInput>

export const GET = route(async (ctx, { params }) => listAdopted(ctx, { id: params.id ?? '' }))

export const POST = route(async (ctx, { params, request }) =>
  adoptBaseline(ctx, { ...(await jsonBody(request)), id: params.id ?? '' } as Input),
)
