import { route } from '@/app/api/_http/route'
import { NotFound } from '@/lib/access/errors'

const nothing = route(async (_ctx, { request }) => {
  throw new NotFound(
    `${request.method} ${new URL(request.url).pathname} is not part of the API; see /api/v1/openapi.json`,
  )
})
export const GET = nothing
export const POST = nothing
export const PUT = nothing
export const PATCH = nothing
export const DELETE = nothing
