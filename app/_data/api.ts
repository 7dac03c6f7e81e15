/** A refusal or failure of the API, as its problem details say it (RFC 9457). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail || title)
  }
}

export async function api<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(path, { ...init, headers: { accept: 'application/json', ...init?.headers } })
  if (answer.status === 401)
    window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`)
  const body = (await answer.json().catch(() => null)) as { title?: string; detail?: string } | null
  if (!answer.ok) throw new ApiError(answer.status, body?.title ?? answer.statusText, body?.detail ?? '')
  return body as T
}

export const post = <T>(path: string, body: unknown = {}): Promise<T> =>
  api<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/** `/api/v1/alerts` and `{ status: 'firing', model: null }` → `/api/v1/alerts?status=firing`. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set.map(([k, v]) => [k, String(v)]))}`
}
