import { route } from '@/app/api/_http/route'

export const GET = route(async (ctx) => ({ ...ctx.actor, models: ctx.models }))
