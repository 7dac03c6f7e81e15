/**
 * Bets on how often a rare flag comes, and what they pay. `w` is at least (for bets on less: at most) the flag's conformal share, fixed before the
 * rows that it is used for; so each bet's expectation is at most 1 while nothing changes.
 *
 * odds   the flag's odds times `value`.
 * share  the flag risen to the share `value`, from less.
 */
const bets = [
  { kind: 'odds', value: 1.5, part: 0.12 },
  { kind: 'odds', value: 2.5, part: 0.16 },
  { kind: 'odds', value: 5, part: 0.11 },
  { kind: 'share', value: 0.01, part: 0.08 },
  { kind: 'share', value: 0.05, part: 0.1 },
  { kind: 'share', value: 0.3, part: 0.1 },
  { kind: 'share', value: 0.97, part: 0.18 },
  { kind: 'odds', value: 0.67, part: 0.05 },
  { kind: 'odds', value: 0.4, part: 0.05 },
  { kind: 'odds', value: 0.1, part: 0.05 },
] as const

export const flagBets = bets.length
/** Bets from this one on are on less. */
export const firstDown = 7
const parts = Float64Array.from(bets, (bet) => bet.part)

/** Fills what each bet pays when the flag comes and when it does not. */
export function payouts(hit: Float64Array, miss: Float64Array, w: number, wLeast: number): void {
  for (let b = 0; b < bets.length; b++) {
    const { kind, value } = bets[b] as (typeof bets)[number]
    if (kind === 'share') {
      const on = value > w
      hit[b] = on ? value / w : 1
      miss[b] = on ? (1 - value) / (1 - w) : 1
      continue
    }
    const norm = 1 + (b < firstDown ? w : wLeast) * (value - 1)
    hit[b] = value / norm
    miss[b] = 1 / norm
  }
}

const most = 1e290

/** M ← e·(M + mass) for one row on which the flag came. @returns ΣM. */
export function payHit(m: Float64Array, hit: Float64Array, mass: number): number {
  let total = 0
  for (let b = 0; b < m.length; b++) {
    const after = Math.min(most, (hit[b] as number) * ((m[b] as number) + mass * (parts[b] as number)))
    m[b] = after
    total += after
  }
  return total
}

/** The same for `rows` rows in a run on which it did not, in closed form: M ← e^n·M + mass·(e + … + e^n). @returns ΣM. */
export function payMisses(m: Float64Array, miss: Float64Array, rows: number, mass: number): number {
  let total = 0
  for (let b = 0; b < m.length; b++) {
    const e = miss[b] as number
    const all = power(e, rows)
    const sum = Math.abs(e - 1) < 1e-12 ? rows : (e * (all - 1)) / (e - 1)
    const after = Math.min(most, all * (m[b] as number) + mass * (parts[b] as number) * sum)
    m[b] = after
    total += after
  }
  return total
}

/** By squaring: n is small. */
function power(base: number, n: number): number {
  let out = 1
  let square = base
  for (let left = n; left > 0; left >>= 1) {
    if (left & 1) out *= square
    square *= square
  }
  return out
}
