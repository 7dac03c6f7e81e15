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

/**
 * Cells in so many groups of like shares of code 1: the two that differ least, by rows and share, are merged until there are no more (Ward 1963).
 * Coarse enough to cross with leaves.
 */
export function groupCells(counts: Float64Array, mostGroups: number): Groups {
  const of = new Uint8Array(counts.length / 2)
  const seen: { cells: number[]; n: number; hits: number }[] = []
  for (let cell = 0; cell < of.length; cell++) {
    const hits = counts[2 * cell + 1] as number
    const n = hits + (counts[2 * cell] as number)
    if (n > 0) seen.push({ cells: [cell], n, hits })
  }
  const share = (one: { n: number; hits: number }) => one.hits / one.n
  seen.sort((a, b) => share(a) - share(b) || (a.cells[0] as number) - (b.cells[0] as number))
  while (seen.length > mostGroups) {
    let at = 0
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i + 1 < seen.length; i++) {
      const [a, b] = [seen[i], seen[i + 1]] as [(typeof seen)[0], (typeof seen)[0]]
      const apart = ((a.n * b.n) / (a.n + b.n)) * (share(b) - share(a)) ** 2
      if (apart < least) {
        least = apart
        at = i
      }
    }
    const [a, b] = seen.splice(at, 2) as [(typeof seen)[0], (typeof seen)[0]]
    seen.splice(at, 0, { cells: [...a.cells, ...b.cells], n: a.n + b.n, hits: a.hits + b.hits })
  }
  for (const [group, { cells }] of seen.entries()) for (const cell of cells) of[cell] = group
  return { of, groups: Math.max(1, seen.length) }
}

export const oneGroup = (cells: number): Groups => ({ of: new Uint8Array(cells), groups: 1 })
