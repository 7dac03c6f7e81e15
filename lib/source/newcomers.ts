/**
 * All newcomers together on a quota: whoever makes a new account for every few rows stays below any cap of one account, but not below this one.
 *
 * Usual  the share of the next rows that comes from sources with fewer than k rows so far, those never met among them, by Good–Turing: what sources with up
 *        to k rows have of all rows; (r + 1)·N(r+1)/n summed over r = 0 … k − 1.
 * Quota  that, or what one unknown source may have if that is more, and two standard errors of as many rows.
 * Source Good 1953, Biometrika 40.
 */
export interface Newcomers {
  /** Share of the rows that is usually theirs. */
  readonly usual: number
  /** Rows that were asked about, and those of newcomers that were let in. */
  asked: number
  admitted: number
}

/** Rows by which a source is no newcomer any more. */
export const settledRows = 20
const deviations = 2

export interface Counted {
  readonly rows: number
  readonly audited: number
}

/** People know whom they have looked at: he is no newcomer, however few his rows. */
export const isNewcomer = (source: Counted | null): boolean =>
  source === null || (source.rows < settledRows && source.audited === 0)

export function startNewcomers(total: number, sources: Iterable<Counted>, least: number): Newcomers {
  let small = 0
  for (const { rows, audited } of sources) if (rows <= settledRows && audited === 0) small += rows
  return { usual: Math.max(least, total > 0 ? small / total : 1), asked: 0, admitted: 0 }
}

/** Is there room for one more row of a newcomer, the row asked about last? */
export function haveRoom({ usual, asked, admitted }: Newcomers): boolean {
  return admitted + 1 <= usual * asked + deviations * Math.sqrt(usual * (1 - usual) * asked) + 1
}
