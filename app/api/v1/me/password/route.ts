import type { z } from 'zod'
import { jsonBody } from '@/app/api/_http/body'
import { route } from '@/app/api/_http/route'
import { setPassword, type setPasswordInput } from '@/lib/access/set-password'

type Input = z.input<typeof setPasswordInput>

export const POST = route(async (ctx, { request }) => {
  await setPassword(ctx, (await jsonBody(request)) as Input)
  return { saved: true }
})
