import { Forbidden } from '@/lib/access/errors'

/**
 * A change that cookies pay for must come from a page of ours: browsers say where a request comes from, and cannot be made to lie about it. Bearer tokens are
 * not sent by themselves, so they need no such check; a client that says neither is no browser.
 * @throws Forbidden
 */
export function requireSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.has('authorization')) return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const crossSite = site !== null && site !== 'same-origin' && site !== 'none'
  if (crossSite || (origin !== null && !isOurs(origin, request)))
    throw new Forbidden('a page of another origin asked for this', { origin })
}

function isOurs(origin: string, request: Request): boolean {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? new URL(request.url).host
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
