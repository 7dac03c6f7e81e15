/** Ranges that end at the latest event: event time, whatever the clock on the wall says. */
export const lastMs = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const
export type Last = keyof typeof lastMs
export const lasts = Object.keys(lastMs) as Last[]
export const isLast = (value: unknown): value is Last => typeof value === 'string' && value in lastMs

export const lastWords: Record<Last, string> = {
  '1h': 'last hour',
  '24h': 'last 24 h',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
}

type Search = Record<string, string | string[] | undefined>

/** The URL's range as a page reads it; what is not a time is as if it were not there. */
export function parseRange(search: Search): { from: string | null; to: string | null } {
  const at = (value: string | string[] | undefined) =>
    typeof value === 'string' && Number.isFinite(Date.parse(value)) ? value : null
  return { from: at(search.from), to: at(search.to) }
}

/** One value of the URL, or none. */
export const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null
