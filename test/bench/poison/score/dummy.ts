import type { PoisonStream, Raised, Said } from './truth'

const window = 60
const wide = 3000
const deviations = 4.5

/**
 * What anyone would write first: accuse an origin when the share of a label (a number: above the median or not) among its last 60 rows is 4.5 standard
 * deviations off that among the last 3,000 rows of all. It looks at no feature; a row's suspicion is how rare its label is.
 */
export function dummy(stream: PoisonStream): Said {
  const all: string[] = []
  const counts = new Map<string, number>()
  const last = new Map<string, string[]>()
  const named = new Set<string>()
  const findings: Raised[] = []
  const scores = new Map<string, number>()
  let median: number | null = null
  const firsts: number[] = []
  for (const [index, line] of stream.lines.entries()) {
    const { type, id, data } = line as Line
    if (type !== 'ml.training.v1') continue
    if (typeof data.label === 'number' && median === null && firsts.push(data.label) === 500)
      median = firsts.sort((a, b) => a - b)[250] as number
    const label = typeof data.label === 'number' ? String(data.label > (median ?? 0)) : data.label
    all.push(label)
    counts.set(label, (counts.get(label) ?? 0) + 1)
    if (all.length > wide) {
      const gone = all.shift() as string
      counts.set(gone, (counts.get(gone) ?? 1) - 1)
    }
    const p = (counts.get(label) ?? 0) / all.length
    scores.set(id, 1 - p)
    const origin = data.origin.id
    const rows = last.get(origin) ?? []
    last.set(origin, rows)
    rows.push(label)
    if (rows.length > window) rows.shift()
    if (rows.length < window || index < 500 || named.has(origin)) continue
    const share = rows.filter((other) => other === label).length / window
    if (Math.abs(share - p) < deviations * Math.sqrt(Math.max(1e-4, p * (1 - p)) / window)) continue
    named.add(origin)
    const subject = { origin }
    findings.push({ eventIndex: index, onsetIndex: index, kind: 'poison.label_flip', subject, verdict: 'poisoning' })
  }
  return { findings, scores, microsPerLine: 0 }
}

interface Line {
  readonly type: string
  readonly id: string
  readonly data: { readonly label: string | number; readonly origin: { readonly id: string } }
}
