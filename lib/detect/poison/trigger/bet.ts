/**
 * What an honest pattern may do, and what is bet against it.
 *
 * Null   the chance of label a, on a row whose other inputs favour another class, is at most b: the learner's p from the rest of the row, tilted by
 *        up to 1 in log odds (the pattern goes with the class somewhat), and then a part of labels wrong at random.
 * Bet    e = (1 − ρ) + ρ·[label is a]/b, ρ ∈ {.5, .93}: E[e] ≤ 1 under every such law.
 */
export const stakes = [0.5, 0.93] as const
export const shares = [0.35, 0.65] as const
const odds = Math.exp(1)
const careless = 0.015

export function honestBound(p: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - careless) * tilted + careless)
}
