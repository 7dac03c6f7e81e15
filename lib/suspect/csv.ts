import type { RankedSuspects } from '@/lib/view/suspect'

const heads = ['suspicion', 'event_id', 'source', 'topic', 'partition', 'offset', 'time', 'origin', 'label', 'reasons']

/** The list as CSV (RFC 4180). What a spreadsheet would run as a formula is said with an apostrophe before it. */
export function rankedCsv({ items }: RankedSuspects): string {
  const lines = items.map((row) =>
    [
      row.score,
      row.eventId,
      row.source,
      row.topic,
      row.partition,
      row.offset,
      row.time,
      row.origin,
      row.label,
      row.reasons.join('; '),
    ].map(cell),
  )
  return `${[heads, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`
}

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
