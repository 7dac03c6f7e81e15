import { ZodError } from 'zod'
import { AccessError, Busy, Invalid } from './errors'

/** RFC 9457 problem details. `type` is a name, not an address that could be fetched. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  [more: string]: unknown
}

/** The one place where what went wrong becomes an answer. What is not ours says nothing of itself: it may hold what nobody should read. */
export function problemOf(error: unknown, requestId: string): Problem {
  const known = translate(error)
  if (known) {
    const { status, code, title, message, details } = known
    return { ...details, type: `urn:assay:problem:${code}`, title, status, detail: message, requestId }
  }
  return {
    type: 'urn:assay:problem:internal',
    title: 'Something broke',
    status: 500,
    detail: 'Assay could not do this. The log of the web process has the reason, under this request id.',
    requestId,
  }
}

function translate(error: unknown): AccessError | null {
  if (error instanceof AccessError) return error
  if (error instanceof ZodError) {
    const issues = error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    const [first] = issues
    return new Invalid(first ? `${first.path || 'input'}: ${first.message}` : 'input is not valid', { issues })
  }
  if (isAway(error)) return new Busy('the database does not answer')
  return null
}

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_ENDED',
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P03',
  '53300',
])

/** Drizzle wraps what the driver threw. */
function isAway(error: unknown): boolean {
  for (let at = error, deep = 0; at instanceof Error && deep < 4; at = at.cause, deep++) {
    if ('code' in at && typeof at.code === 'string' && away.has(at.code)) return true
  }
  return false
}
