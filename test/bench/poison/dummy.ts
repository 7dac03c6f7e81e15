import type { Stream } from './stream'

/**
 * What anyone would write first: accuse an origin when the share of a label among its last 60 rows is 4.5 standard deviations off that among the
 * last 3,000 rows of all. It looks at no feature.
 */
export function dummyWatch(stream: Stream): { accused: { origin: string; index: number }[]; microsPerRow: number } {
  const all: string[] = []
  const counts = new Map<string, number>()
  const last = new Map<string, string[]>()
  const named = new Set<string>()
  const accused: { origin: string; index: number }[] = []
  const before = performance.now()
  for (const { event, index } of stream.arrivals) {
    const label = String(event.data.label)
    const origin = event.data.origin.id
    all.push(label)
    counts.set(label, (counts.get(label) ?? 0) + 1)
    if (all.length > 3000) {
      const gone = all.shift() as string
      counts.set(gone, (counts.get(gone) ?? 1) - 1)
    }
    const rows = last.get(origin) ?? []
    last.set(origin, rows)
    rows.push(label)
    if (rows.length > 60) rows.shift()
    if (rows.length < 60 || index < 500 || named.has(origin)) continue
    const p = (counts.get(label) ?? 0) / all.length
    const share = rows.filter((other) => other === label).length / 60
    if (Math.abs(share - p) < 4.5 * Math.sqrt(Math.max(1e-4, p * (1 - p)) / 60)) continue
    named.add(origin)
    accused.push({ origin, index })
  }
  return { accused, microsPerRow: ((performance.now() - before) * 1000) / stream.arrivals.length }
}
