import { randomUUID } from 'node:crypto'
import { httpRequests } from '@/app/api/_http/metrics'
import type { Context } from '@/lib/access/context'
import { NotBuilt } from '@/lib/access/errors'
import { problemOf } from '@/lib/access/problem'
import { contextOfRequest } from '@/lib/access/request'
import { log } from './log'
import { requireSameOrigin } from './same-origin'

export interface Call {
  readonly request: Request
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Of the query, each name once. */
  readonly query: Readonly<Record<string, string>>
}
interface Segment {
  readonly params: Promise<Record<string, string | string[]>>
}
export type Handler = (request: Request, segment: Segment) => Promise<Response>

/** A route: who asks, one verb, its answer as JSON (or a Response of its own). What goes wrong becomes problem details. */
export function route(work: (ctx: Context, call: Call) => Promise<unknown>): Handler {
  return open(async (call, requestId) => {
    requireSameOrigin(call.request)
    const ctx = await contextOfRequest(call.request.headers, requestId)
    return work(ctx, call)
  })
}

/** A route that asks nobody who they are: probes. */
export function open(work: (call: Call, requestId: string) => Promise<unknown>): Handler {
  return async (request, segment) => {
    const requestId = idOf(request)
    let response: Response
    try {
      const result = await work(await callOf(request, segment), requestId)
      response = result instanceof Response ? result : Response.json(result)
    } catch (error) {
      const problem = problemOf(error, requestId)
      if (problem.status >= 500 && problem.status !== 501)
        log.error({ requestId, path: new URL(request.url).pathname, err: error }, problem.title)
      response = new Response(JSON.stringify(problem), {
        status: problem.status,
        headers: { 'content-type': 'application/problem+json' },
      })
      if (problem.status === 401) response.headers.set('www-authenticate', 'Bearer')
      if (problem.status === 503) response.headers.set('retry-after', '2')
    }
    response.headers.set('x-request-id', requestId)
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    httpRequests.inc({ method: request.method, status: String(response.status) })
    return response
  }
}

/** What the API has agreed on and does not do yet. Who asks must be allowed in all the same. */
export const notBuilt = (what: string): Handler =>
  route(async () => {
    throw new NotBuilt(`${what} is part of the API, and comes with a later release`)
  })

function idOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID()
}

async function callOf(request: Request, segment: Segment | undefined): Promise<Call> {
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries((await segment?.params) ?? {})) params[name] = decode(String(value))
  return { request, params, query: Object.fromEntries(new URL(request.url).searchParams) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
