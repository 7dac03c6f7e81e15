/**
 * What a wager is given and gives, in one array: a number handed from function to function is put into a box of its own, some twenty boxes a
 * value that is watched.
 */
export type Stake = Float64Array

/** Restart mass of all bets; shares of the lowest and of the highest region; the sum of M after the wager; the value, its uniform number, its rank; rows of the reference. */
export const massAt = 0
export const lowAt = 1
export const highAt = 2
export const sumAt = 3
export const valueAt = 4
export const uniformAt = 5
export const rankAt = 6
export const rowsAt = 7

export const startStake = (): Stake => new Float64Array(8)
