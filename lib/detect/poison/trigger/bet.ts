/**
 * What an honest pattern may do, and what is bet against it. It may do either of two things, so evidence is what refutes both.
 *
 * Null 1  the chance of label a, on a row whose other inputs favour another class, is at most b: the learner's p from the rest of the row, tilted by
 *         up to 1 in log odds (the pattern goes with the class somewhat), and then a part of labels wrong at random.
 *         e = (1 − ρ) + ρ·[label is a]/b.
 * Null 2  the pattern may go with the class as it likes, but its rows of label a look like other rows of label a: the odds against a by the rest of
 *         the row, u = min(60, (1 − p)/p), are in the mean at most 1.3 times what they are for that label.
 *         e = (1 − ρ) + ρ·u/(1.3·ū), on rows of label a.
 * Stakes  ρ ∈ {.5, .93} for each null: E[e] ≤ 1 under it.
 */
export const stakes = [0.5, 0.93] as const
export const shares = [0.35, 0.65] as const
const [lowStake, highStake] = stakes
const [lowShare, highShare] = shares
/** Numbers of evidence a unit: two stakes, two nulls. */
export const bets = 4
const odds = Math.exp(1)
const careless = 0.015
const mostUnlike = 60
/** A row without its most telling word is a little less like its class than rows are as they stand. */
const margin = 1.3

export function honestBound(p: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - careless) * tilted + careless)
}

/** Odds against the label by the rest of its row. */
export const unlikeness = (p: number) => Math.min(mostUnlike, (1 - p) / Math.max(1e-9, p))

/** Gain of the second bet. @param usual the mean for that label. */
export const unlikeGain = (unlike: number, usual: number) => unlike / (margin * usual)

/** Evidence below this is none: it would only cost time. */
const nothing = 1e-100

/** M ← e·(M + mass) for the two stakes at `m[from]`. @param gain of a whole stake: e = 1 − ρ + ρ·gain. */
export function stake(m: Float64Array, from: number, gain: number, mass: number): void {
  const low = (1 - lowStake + lowStake * gain) * ((m[from] as number) + mass * lowShare)
  const high = (1 - highStake + highStake * gain) * ((m[from + 1] as number) + mass * highShare)
  m[from] = low < nothing ? 0 : Math.min(1e300, low)
  m[from + 1] = high < nothing ? 0 : Math.min(1e300, high)
}

const mostPowers = 64
const powersOf = (factor: number) => Float64Array.from({ length: mostPowers }, (_, n) => factor ** n)
const lowPowers = powersOf(1 - lowStake)
const highPowers = powersOf(1 - highStake)

/** As `stake` with gain 0 and no mass, `rows` times: of more than 63 nothing is left. */
export function loseStakes(m: Float64Array, from: number, rows: number): void {
  m[from] = rows < mostPowers ? (m[from] as number) * (lowPowers[rows] as number) : 0
  m[from + 1] = rows < mostPowers ? (m[from + 1] as number) * (highPowers[rows] as number) : 0
}
