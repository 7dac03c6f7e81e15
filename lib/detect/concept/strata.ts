/**
 * Which rows are alike. Errors or labels whose shares differ by segment or by hour of the day are ranked within it, so that a change of the mix, or the
 * next night, is no drift; where the baseline shows no dependence all rows are one stratum, which is faster.
 */
export interface Groups {
  /** Group of each cell; cells that the baseline did not fill are in group 0. */
  of: Uint8Array
  groups: number
}

/** χ² of the codes against the strata, less what chance gives, in standard deviations of chance; cells with fewer than 3 expected rows are left out. */
export function dependence(counts: Float64Array, codes: number): number {
  const strata = counts.length / codes
  const byCode = new Float64Array(codes)
  const byStratum = new Float64Array(strata)
  let all = 0
  for (let s = 0; s < strata; s++) {
    for (let c = 0; c < codes; c++) {
      const n = counts[s * codes + c] as number
      byCode[c] = (byCode[c] as number) + n
      byStratum[s] = (byStratum[s] as number) + n
      all += n
    }
  }
  let chi = 0
  let cells = 0
  let used = 0
  for (let s = 0; s < strata; s++) {
    let here = 0
    for (let c = 0; c < codes; c++) {
      const expected = ((byCode[c] as number) * (byStratum[s] as number)) / all
      if (!(expected >= 3)) continue
      chi += ((counts[s * codes + c] as number) - expected) ** 2 / expected
      cells++
      here++
    }
    if (here > 0) used++
  }
  const freedom = Math.max(1, cells - used - codes + 1)
  return used < 2 ? 0 : (chi - freedom) / Math.sqrt(2 * freedom)
}

/** Standard deviations beyond chance from which shares are held to depend on the stratum. */
export const dependent = 4
const mostGroups = 3

/** Cells in up to three groups by their share of code 1, each with about as many rows: coarse enough to cross with leaves. */
export function groupCells(counts: Float64Array): Groups {
  const cells = counts.length / 2
  const of = new Uint8Array(cells)
  let all = 0
  const seen: { cell: number; share: number; n: number }[] = []
  for (let cell = 0; cell < cells; cell++) {
    const n = (counts[2 * cell] as number) + (counts[2 * cell + 1] as number)
    all += n
    if (n > 0) seen.push({ cell, share: ((counts[2 * cell + 1] as number) + 0.5) / (n + 1), n })
  }
  seen.sort((a, b) => a.share - b.share || a.cell - b.cell)
  let before = 0
  for (const { cell, n } of seen) {
    of[cell] = Math.min(mostGroups - 1, Math.floor((mostGroups * (before + n / 2)) / all))
    before += n
  }
  return { of, groups: mostGroups }
}

export const oneGroup = (cells: number): Groups => ({ of: new Uint8Array(cells), groups: 1 })
