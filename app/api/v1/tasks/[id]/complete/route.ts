import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { completeTask, type completeTaskInput } from '@/lib/task/complete'

type Input = z.input<typeof completeTaskInput>

export const POST = route(async (ctx, { params, request }) =>
  completeTask(ctx, { ...(await jsonBody(request)), taskId: params.id ?? '' } as Input),
)
