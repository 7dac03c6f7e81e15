import { runtime } from '@/lib/access/runtime'

/** better-auth's own routes: sign-in, sign-out, session, single-use links. */
const handle = (request: Request) => runtime().auth.handler(request)
export const GET = handle
export const POST = handle
