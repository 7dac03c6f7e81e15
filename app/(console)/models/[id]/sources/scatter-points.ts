import type { SourceRow } from '@/lib/view/source'

export interface Point {
  readonly source: SourceRow
  /** 0 to 1, from the left; 0 to 1, from the bottom. */
  readonly x: number
  readonly y: number
}

export interface Plot {
  readonly points: Point[]
  /** Where no influence lies, from the bottom. */
  readonly zero: number
  readonly mostShare: number
  readonly most: number
  readonly least: number
}

/** Share against influence, both axes as long as the data; sources without an influence are left out. */
export function scatterOf(sources: readonly SourceRow[]): Plot {
  const known = sources.filter((s): s is SourceRow & { influence: number } => s.influence !== null)
  const mostShare = Math.max(1e-9, ...known.map((s) => s.share))
  const most = Math.max(0, ...known.map((s) => s.influence))
  const least = Math.min(0, ...known.map((s) => s.influence))
  const span = Math.max(1e-9, most - least)
  return {
    points: known.map((source) => ({ source, x: source.share / mostShare, y: (source.influence - least) / span })),
    zero: -least / span,
    mostShare,
    most,
    least,
  }
}
