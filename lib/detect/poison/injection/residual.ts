/**
 * What a rating says beyond its item's usual and its rater's own severity: y − mean − item − rater, both leaned on none by some rows. Raters in a hurry
 * to move an item must not become its usual: `teaches` is false for the young, as long as there are others.
 * Source: Bell & Koren 2007 (baseline predictors).
 */
export interface Residuals {
  sum: number
  rows: number
  raters: Map<string, Mean>
  /** Of the last 1,000 rows. */
  last: Float64Array
  next: number
  size: number
}

export interface Mean {
  sum: number
  rows: number
}

const lean = { item: 10, rater: 8 }
const mostRaters = 16_384
const kept = 1000

export const startResiduals = (): Residuals => ({
  sum: 0,
  rows: 0,
  raters: new Map(),
  last: new Float64Array(kept),
  next: 0,
  size: 0,
})

/** @param items the item's mean, by each key. @returns the residual by each key's item. */
export function residualOf(state: Residuals, rater: string, item: Mean, y: number): number {
  const mean = state.rows > 0 ? state.sum / state.rows : y
  const own = state.raters.get(rater)
  return y - mean - item.sum / (item.rows + lean.item) - (own ? own.sum / (own.rows + lean.rater) : 0)
}

export function learnRating(state: Residuals, rater: string, item: Mean, y: number, teaches: boolean): void {
  const mean = state.rows > 0 ? state.sum / state.rows : y
  let own = state.raters.get(rater)
  if (own) state.raters.delete(rater)
  else own = { sum: 0, rows: 0 }
  state.raters.set(rater, own)
  if (state.raters.size > mostRaters)
    for (const oldest of state.raters.keys()) {
      state.raters.delete(oldest)
      break
    }
  const beyond = y - mean - item.sum / (item.rows + lean.item)
  own.sum += beyond
  own.rows++
  if (!teaches) return
  item.sum += y - mean
  item.rows++
  state.sum += y
  state.rows++
}

export function addResidual(state: Residuals, z: number): void {
  state.last[state.next] = z
  state.next = (state.next + 1) % kept
  if (state.size < kept) state.size++
}

/** Share of the last residuals above z, ties by half. */
export function rankOf(state: Residuals, z: number): number {
  const { last, size } = state
  let above = 0
  for (let i = 0; i < size; i++) {
    const other = last[i] as number
    above += other > z ? 1 : other === z ? 0.5 : 0
  }
  return above / Math.max(1, state.size)
}
