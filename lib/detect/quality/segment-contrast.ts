import type { Frame } from '@/lib/detect/frame'
import { type FlagHits, heldHits } from '@/lib/detect/quality/flag-hits'
import type { Segment } from '@/lib/event/types'

/** Nats by which one segment's own share must beat one share for all. */
const overwhelming = 7
const fewestOthers = 6
const mostRows = 4000

/**
 * Do the hits since the onset lie in one value of the first segment key, while the others' rows are as they were? Named only where the contrast is
 * overwhelming and the others were seen: else the whole column is the honest subject.
 */
export function segmentOf(hits: FlagHits, onsetRow: number, row: number, share: number, frame: Frame): Segment | null {
  const key = frame.segments.keys[0]
  const codes = frame.segments.codes[0]
  if (key === undefined || !codes || codes.size < 2) return null
  const { ring } = frame.segments
  const from = Math.max(onsetRow, row - mostRows, row - ring.length + 1)
  const rows = new Map<number, number>()
  for (let r = from; r <= row; r++) {
    const code = ring[r % ring.length] as number
    rows.set(code, (rows.get(code) ?? 0) + 1)
  }
  const came = new Map<number, number>()
  let all = 0
  for (let back = 1; back <= Math.min(hits.count, heldHits); back++) {
    const r = hits.row[(hits.count - back) % heldHits] as number
    if (r < from) break
    const code = ring[r % ring.length] as number
    came.set(code, (came.get(code) ?? 0) + 1)
    all++
  }
  const total = row - from + 1
  for (const [code, k] of came) {
    const n = rows.get(code) ?? 0
    const others = total - n
    const elsewhere = all - k
    const due = share * others
    if (k < 3 || others < fewestOthers || elsewhere > due + 2 * Math.sqrt(due)) continue
    const nats = logShare(k, n) + logShare(elsewhere, others) - logShare(all, total)
    if (nats < overwhelming) continue
    for (const [value, c] of codes) if (c === code && value !== '') return { [key]: value }
  }
  return null
}

const logShare = (k: number, n: number): number =>
  (k > 0 ? k * Math.log(k / n) : 0) + (k < n ? (n - k) * Math.log((n - k) / n) : 0)
