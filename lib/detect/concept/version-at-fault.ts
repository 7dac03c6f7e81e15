import { noClass } from '@/lib/detect/concept/open-predictions'
import type { ConceptState } from '@/lib/detect/concept/state'

const fewest = 30
/** The one version whose predictions err more since the onset, while another's, made alongside, do not. */
export function versionAtFault(state: ConceptState, onset: number): string | null {
  const { open, versions } = state
  const wrong = new Float64Array(256)
  const rows = new Float64Array(256)
  for (let n = onset; n < open.next; n++) {
    const place = n % open.capacity
    if (open.label[place] === noClass) continue
    const code = open.version[place] as number
    rows[code] = (rows[code] as number) + 1
    if (open.label[place] !== open.predicted[place]) wrong[code] = (wrong[code] as number) + 1
  }
  const live = versions.names.map((_, code) => code).filter((code) => (rows[code] as number) >= fewest)
  if (live.length < 2) return null
  const rate = (code: number) => (wrong[code] as number) / (rows[code] as number)
  live.sort((a, b) => rate(b) - rate(a))
  const [worst, ...others] = live as [number, ...number[]]
  const sum = (of: Float64Array) => others.reduce((all, code) => all + (of[code] as number), 0)
  const rest = sum(wrong) / sum(rows)
  const both = (sum(wrong) + (wrong[worst] as number)) / (sum(rows) + (rows[worst] as number))
  const deviation = Math.sqrt(both * (1 - both) * (1 / sum(rows) + 1 / (rows[worst] as number)))
  return rate(worst) - rest > 4 * deviation ? (versions.names[worst] ?? null) : null
}
