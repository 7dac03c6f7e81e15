import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { undoTask, type undoTaskInput } from '@/lib/task/undo'

type Input = z.input<typeof undoTaskInput>

export const POST = route(async (ctx, { params, request }) =>
  undoTask(ctx, { ...(await jsonBody(request)), taskId: params.id ?? '' } as Input),
)
