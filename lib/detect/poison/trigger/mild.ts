import { asExpected } from '@/lib/learn/regression/regressor'

/**
 * A number that lies a little above or below what was expected says nothing for or against a pattern: bets are on the far ones among the rest. So their
 * chances are those that they have if the number is no such one.
 */
export const isMild = (y: number): boolean => Math.abs(y - asExpected) === 1

export function leaveOutMild(chances: Float64Array): void {
  const left = Math.max(0.05, 1 - (chances[asExpected - 1] as number) - (chances[asExpected + 1] as number))
  for (const far of [asExpected - 2, asExpected + 2]) chances[far] = Math.min(1, (chances[far] as number) / left)
}
