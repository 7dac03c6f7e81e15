/** What a source may do at the worst, and what it may be allowed to. */
export interface Cap {
  /** Share of the model's training rows that it may supply. */
  readonly share: number
  /** Its rows beyond that. */
  readonly over: number
  /** If every one of its rows so far had the worst label: how far the mean log loss on trusted rows could have moved, first order. */
  readonly worstCase: number | null
  /** The same, were it held to its share. */
  readonly worstCaseHeld: number | null
}

/** A source that nobody has looked at may supply a fiftieth of the rows; a fully trusted one, half: nobody may be the majority. */
export const quota = 0.02
const most = 0.5

/**
 * The cap follows the lower bound of trust, so that a source earns room only by rows that people have looked at.
 * @param reach Σ over its rows of the most that each could have moved the loss (lib/learn/influence/pull.ts).
 */
export function capOf({
  trust,
  rows,
  total,
  reach,
}: {
  trust: number
  rows: number
  total: number
  reach: number | null
}): Cap {
  const share = quota + (most - quota) * Math.max(0, Math.min(1, trust))
  const allowed = Math.floor(share * total)
  const held = rows > allowed && rows > 0 ? allowed / rows : 1
  return {
    share: Number(share.toFixed(4)),
    over: Math.max(0, rows - allowed),
    worstCase: reach,
    worstCaseHeld: reach === null ? null : reach * held,
  }
}
