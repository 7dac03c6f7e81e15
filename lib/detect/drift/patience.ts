/**
 * Evidence has passed, but the effect is too small to matter, or too uncertain yet: it is kept, and the effect looked at again when a quarter more rows
 * are in, or `mostRows`, for another change, that matters, may come any time. The promise holds, for whatever is said later crossed before, and each crossing is said once at most. What goes on to grow
 * is paged as soon as it matters; what was nothing loses its evidence by itself.
 */
export const nextLook = (onsetRow: number, row: number): number =>
  row + Math.min(mostRows, Math.max(fewestRows, Math.ceil((row - onsetRow) / 4)))

const fewestRows = 50
const mostRows = 250
/** Evidence that waits is worth no more than this: what comes after a change that went away must not have to lose it all. */
export const mostWaiting = 1000

/** Keeps waiting evidence within bounds, in place. @param total its ΣM. */
export function boundEvidence(total: number, ...evidence: readonly Float64Array[]): void {
  if (total <= mostWaiting) return
  for (const m of evidence) for (let b = 0; b < m.length; b++) m[b] = ((m[b] as number) * mostWaiting) / total
}
