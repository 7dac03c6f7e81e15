import type { FeatureValue } from '@/lib/event/types'
import { addValue, emptySketch, type FeatureSketch, merge } from '@/lib/stats/sketch'
import type { SegmentBreakdown } from '@/lib/view/drift'
import { cellsOf, correctedDistance, countsIn } from './cells'

export interface Row {
  readonly segment: Readonly<Record<string, FeatureValue>>
  readonly value: FeatureValue | undefined
}

/** Keys of the segment, and values of a key, that a screen shows; what is rarer is one value. */
const maxKeys = 8
const maxValues = 40
const others = '(others)'

interface Side {
  rows: number
  readonly values: Map<string, { rows: number; sketch: FeatureSketch }>
}
const startSide = (): Side => ({ rows: 0, values: new Map() })

/**
 * Two samples of rows by the values of each segment key: shares, and of a feature (`reference` is its baseline, which lays out its cells) the
 * null-corrected distance in each value and its part in the whole movement. The total variation between the two samples is ½ Σ |q(c) − p(c)| over cells; the
 * part of a value is what it adds to that sum: ½ Σ sign(q(c) − p(c)) · (wᵥ' qᵥ(c) − wᵥ pᵥ(c)), so the parts of a key's values add up to it. A part
 * below zero hides movement of the others.
 */
export function breakDown(
  then: readonly Row[],
  now: readonly Row[],
  reference: FeatureSketch | null,
  evidence: (key: string, value: string) => number | null,
): Pick<SegmentBreakdown, 'moved' | 'keys'> {
  const cells = reference && cellsOf(reference)
  const count = (sketch: FeatureSketch) => (cells ? countsIn(cells, sketch) : [])
  const sides = [gather(then), gather(now)] as const
  const keys = [...new Set([...sides[0].keys(), ...sides[1].keys()])].slice(0, maxKeys)
  const whole = [wholeOf(then), wholeOf(now)] as const
  const [p, q] = [shares(count(whole[0])), shares(count(whole[1]))]
  const direction = q.map((share, c) => Math.sign(share - (p[c] ?? 0)))
  const rowsThen = Math.max(1, then.length)
  const rowsNow = Math.max(1, now.length)
  return {
    moved: cells ? correctedDistance(count(whole[0]), count(whole[1])) : null,
    keys: keys.map((key) => {
      const [before, after] = [sides[0].get(key) ?? startSide(), sides[1].get(key) ?? startSide()]
      const names = topOf(before, after)
      const all = names.map((name) => [pick(before, name, names), pick(after, name, names)] as const)
      return {
        key,
        mix: correctedDistance(
          all.map(([a]) => a.rows),
          all.map(([, b]) => b.rows),
        ),
        values: names
          .map((name, i) => {
            const [a, b] = all[i] as (typeof all)[number]
            const [countsA, countsB] = [count(a.sketch), count(b.sketch)]
            const part = direction.reduce(
              (sum, sign, c) => sum + (sign * ((countsB[c] ?? 0) / rowsNow - (countsA[c] ?? 0) / rowsThen)) / 2,
              0,
            )
            return {
              value: name,
              rowsThen: a.rows,
              rowsNow: b.rows,
              shareThen: before.rows > 0 ? a.rows / before.rows : 0,
              shareNow: after.rows > 0 ? b.rows / after.rows : 0,
              effect: cells && a.rows > 0 && b.rows > 0 ? correctedDistance(countsA, countsB) : null,
              part: cells ? part : null,
              evidence: evidence(key, name),
            }
          })
          .sort((x, y) => (y.part ?? 0) - (x.part ?? 0) || moved(y) - moved(x)),
      }
    }),
  }
}

const moved = (v: { shareThen: number; shareNow: number }) => Math.abs(v.shareNow - v.shareThen)

function gather(rows: readonly Row[]): Map<string, Side> {
  const keys = new Map<string, Side>()
  for (const { segment, value } of rows) {
    for (const key in segment) {
      let side = keys.get(key)
      if (!side) {
        side = startSide()
        keys.set(key, side)
      }
      const name = String(segment[key])
      let own = side.values.get(name)
      if (!own) {
        own = { rows: 0, sketch: emptySketch() }
        side.values.set(name, own)
      }
      side.rows++
      own.rows++
      addValue(own.sketch, value)
    }
  }
  return keys
}

function wholeOf(rows: readonly Row[]): FeatureSketch {
  const sketch = emptySketch()
  for (const { value } of rows) addValue(sketch, value)
  return sketch
}

/** The values with the most rows, and one for what is left. */
function topOf(before: Side, after: Side): string[] {
  const total = (name: string) => (before.values.get(name)?.rows ?? 0) + (after.values.get(name)?.rows ?? 0)
  const names = [...new Set([...before.values.keys(), ...after.values.keys()])].sort((a, b) => total(b) - total(a))
  return names.length > maxValues ? [...names.slice(0, maxValues - 1), others] : names
}

function pick(side: Side, name: string, names: readonly string[]): { rows: number; sketch: FeatureSketch } {
  const own = side.values.get(name)
  if (own) return own
  const rest = { rows: 0, sketch: emptySketch() }
  if (name !== others) return rest
  for (const [other, value] of side.values) {
    if (names.includes(other)) continue
    rest.rows += value.rows
    merge(rest.sketch, value.sketch)
  }
  return rest
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, value) => sum + value, 0)
  return counts.map((value) => (total > 0 ? value / total : 0))
}
