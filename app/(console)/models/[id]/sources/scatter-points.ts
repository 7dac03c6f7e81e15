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

/** A name's own room, as shares of the plot: names that would lie in one another's are not both written. */
const room = { x: 0.25, y: 0.08 }
const mostNamed = 3

export interface Name {
  readonly point: Point
  /** Other points that share its place. */
  readonly others: number
}

/** The points whose names are written: the most hurtful, one for each place, with how many more lie there. */
export function namesOf(points: readonly Point[]): Name[] {
  const names: { point: Point; others: number }[] = []
  for (const point of [...points].sort((a, b) => b.y - a.y)) {
    const near = names.find(({ point: p }) => Math.abs(p.x - point.x) < room.x && Math.abs(p.y - point.y) < room.y)
    if (!near) {
      if (names.length < mostNamed) names.push({ point, others: 0 })
    } else if (near.point.x === point.x && near.point.y === point.y) near.others++
  }
  return names
}
