import { type Last, lastMs, lasts } from '@/lib/model/last'

export { type Last, lastMs, lasts }
export const isLast = (value: unknown): value is Last => typeof value === 'string' && value in lastMs

export const lastWords: Record<Last, string> = {
  '1h': 'last hour',
  '24h': 'last 24 h',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
}

type Search = Record<string, string | string[] | undefined>

/** The URL's range as a page reads it; what is not a time is as if it were not there. */
export function parseRange(search: Search): { from: string | null; to: string | null; last: Last | null } {
  const at = (value: string | string[] | undefined) =>
    typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : null
  return { from: at(search.from), to: at(search.to), last: isLast(search.last) ? search.last : null }
}

/** One value of the URL, or none. */
export const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null
