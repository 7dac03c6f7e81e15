import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { startTask, type startTaskInput } from '@/lib/task/start'

type Input = z.input<typeof startTaskInput>

export const POST = route(async (ctx, { params, request }) =>
  startTask(ctx, { ...(await jsonBody(request)), taskId: params.id ?? '' } as Input),
)
