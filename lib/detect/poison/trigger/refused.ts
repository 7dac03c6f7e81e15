/**
 * How often a pattern's evidence sufficed and yet a doubt stayed, by key: what a rule of the world looks like that the learner does not know. Its rows are
 * the less suspected the oftener it was asked in vain; for an accusation it counts nothing.
 */
export type Refused = Map<number, number>

/** The oldest make room. */
const most = 1024
/** Refusals that halve the suspicion: an attack is often doubted as long as its rows are few. */
const halves = 4

export function noteRefused({ refused }: { readonly refused: Refused }, key: number): void {
  const times = refused.get(key) ?? 0
  refused.delete(key)
  refused.set(key, times + 1)
  if (refused.size > most) for (const oldest of refused.keys()) return void refused.delete(oldest)
}

/** What is left of the suspicion of a pattern's rows: 1 where it was never refused. */
export const heeded = (refused: Refused, key: number): number => halves / (halves + (refused.get(key) ?? 0))
