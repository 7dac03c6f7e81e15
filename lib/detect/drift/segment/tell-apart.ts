import { noCode } from '@/lib/detect/drift/code/level'
import { type CodeUnit, startCodeUnit } from '@/lib/detect/drift/code/unit'
import { resetNovelty } from '@/lib/detect/drift/segment/novelty'
import { mostValues, type ShareKey } from '@/lib/detect/drift/segment/share-state'

/** Values that came to at least this share of the rows since the onset get a code of their own. */
const ownShare = 0.01
const mostTold = 62

/**
 * After an alarm: new values that came to something are told apart from then on, so that the next new one shows against them. The unit's counts keep
 * their meaning; what moved among the codes is where the new values are counted.
 */
export function tellApart(key: ShareKey, row: number): void {
  const unit = key.unit as CodeUnit
  if (!unit.provisional) return
  const counts = new Int32Array(mostValues + 2)
  let rows = 0
  for (let r = Math.max(unit.onsetRow, row - unit.held + 1, 0); r <= row; r++) {
    const code = key.came[r % unit.held] as number
    if (code === noCode) continue
    counts[code] = (counts[code] as number) + 1
    rows++
  }
  const fresh: number[] = []
  for (let code = key.told; code < key.values.length; code++)
    if ((counts[code] as number) >= Math.max(2, ownShare * rows) && key.told + fresh.length < mostTold) fresh.push(code)
  if (fresh.length === 0) return
  if (key.novelty) resetNovelty(key.novelty)
  const order = new Map(fresh.map((code, i) => [code, key.told + i]))
  // Codes between are moved up: the ring and the names follow.
  let next = key.told + fresh.length
  for (let code = key.told; code <= mostValues; code++)
    if (!order.has(code)) order.set(code, Math.min(next++, mostValues))
  const values = key.values.slice()
  for (const [from, to] of order) if (from < key.values.length) values[to] = key.values[from] as string
  key.values = values
  key.codes = new Map(values.map((value, code) => [value, code]))
  for (let i = 0; i < key.came.length; i++) {
    const code = key.came[i] as number
    if (code !== noCode && code >= key.told) key.came[i] = order.get(code) as number
  }
  const told = key.told + fresh.length
  const widen = (counts: Float64Array) => {
    const wide = new Float64Array(told + 1)
    wide.set(counts.subarray(0, counts.length - 1))
    wide[told] = counts[counts.length - 1] as number
    return wide
  }
  const strata = unit.approvedStrata?.counts.map((own) => own && widen(own)) ?? null
  // Strata by the value before: that of "anything else" moves up with its code, and the new values have none yet.
  if (strata && key.chained) {
    const others = strata[key.told] ?? null
    while (strata.length <= told) strata.push(null)
    for (let code = key.told; code < told; code++) strata[code] = null
    strata[told] = others
    key.last = Math.min(order.get(key.last) ?? key.last, told)
  }
  const since = startCodeUnit(widen(unit.approved), unit.held, row + 1, strata)
  since.cameStrata = unit.cameStrata
  key.told = told
  for (let i = 0; i < key.came.length; i++) {
    const code = key.came[i] as number
    since.came[i] = code === noCode ? noCode : Math.min(code, told)
  }
  since.provisional = true
  since.phase = 'settling'
  since.onsetRow = unit.onsetRow
  since.settled = unit.settled
  key.unit = since
}
