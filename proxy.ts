import { type NextRequest, NextResponse } from 'next/server'

/** Tells a page the address that was asked for, which Next does not: who must sign in first is brought back to it (app/_data/read.ts). */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  const search = new URLSearchParams(request.nextUrl.search)
  search.delete('_rsc')
  headers.set('x-assay-address', `${request.nextUrl.pathname}${search.size > 0 ? `?${search}` : ''}`)
  return NextResponse.next({ request: { headers } })
}

export const config = { matcher: ['/((?!api/|_next/|sign-in|healthz|readyz|metrics|icon).*)'] }
