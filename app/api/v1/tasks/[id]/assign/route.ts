import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { assignTask, type assignTaskInput } from '@/lib/task/assign'

type Input = z.input<typeof assignTaskInput>

export const POST = route(async (ctx, { params, request }) =>
  assignTask(ctx, { ...(await jsonBody(request)), taskId: params.id ?? '' } as Input),
)
