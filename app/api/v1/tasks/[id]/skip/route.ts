import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { skipTask, type skipTaskInput } from '@/lib/task/skip'

type Input = z.input<typeof skipTaskInput>

export const POST = route(async (ctx, { params, request }) =>
  skipTask(ctx, { ...(await jsonBody(request)), taskId: params.id ?? '' } as Input),
)
