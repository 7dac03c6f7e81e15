import { noCode } from '@/lib/detect/drift/code/level'
import type { CodeCrossing, CodeUnit } from '@/lib/detect/drift/code/unit'
import { resetNovelty, watchNovelty } from '@/lib/detect/drift/segment/novelty'
import type { ShareKey } from '@/lib/detect/drift/segment/share-state'

/** Lets the novelty of a row speak beside the shares. When it crosses, the shares settle on the mix since the first row of what is new. */
export function novelCrossing(
  key: ShareKey,
  unit: CodeUnit,
  row: number,
  mass: number,
  u: number,
): CodeCrossing | null {
  const { novelty } = key
  // A crossing of the shares a moment ago has told the new values apart already.
  if (!novelty || unit.phase !== 'armed') return null
  const came = key.came[row % unit.held] as number
  const passed = watchNovelty(novelty, came >= key.told, mass, u)
  if (!passed) return null
  resetNovelty(novelty)
  const from = Math.max(unit.armedRow, row - unit.held + 1)
  const onsetRow = firstOfCommonest(key, unit, from, row)
  const current = new Float64Array(unit.codes)
  for (let r = onsetRow; r <= row; r++) {
    const code = unit.came[r % unit.held] as number
    if (code !== noCode) current[code] = (current[code] as number) + 1
  }
  const n = current.reduce((a, b) => a + b, 0)
  const { reference, provisional } = unit
  unit.provisional = true
  unit.phase = 'settling'
  unit.onsetRow = onsetRow
  unit.settled = n
  return { ...passed, onsetRow, current, reference, n, provisional }
}

/** First row of the value without a code of its own that came most. */
function firstOfCommonest(key: ShareKey, unit: CodeUnit, from: number, row: number): number {
  const counts = new Map<number, number>()
  const firsts = new Map<number, number>()
  for (let r = from; r <= row; r++) {
    const code = key.came[r % unit.held] as number
    if (code === noCode || code < key.told) continue
    if (!firsts.has(code)) firsts.set(code, r)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]
  return best ? (firsts.get(best[0]) as number) : row
}
