import type { Strip, StripPoint } from '@/lib/view/strip'

/** Arithmetic of the evidence strip, shared by its three sizes. Height is evidence as a share of the promise (lib/evidence/share.ts): it alarms at 1. */

export interface Sample {
  t: number
  share: number
  /** The worst unit of that moment watches for poisoning, which has a hue of its own. */
  poison?: boolean
  /** Put between two samples where the curve crosses an edge. */
  between?: true
}
/** Inclusive, milliseconds since 1970 UTC. */
export type Domain = readonly [from: number, to: number]

/** A tenth of what the promise asks: from here it is worth a look. */
export const watchShare = 0.5
export const alarmShare = 1
/** Share at the top edge of a strip in a row or a cell: the line is at the same height in all of them. */
export const rowTop = 1.6

/** `held`: above the line since an alarm. Its unit stays accused at its last value; nothing new is told. */
export type Band = 'evidence' | 'watch' | 'alarm' | 'held'
export const bands: readonly Band[] = ['evidence', 'watch', 'alarm', 'held']

export const samplesOf = (points: readonly StripPoint[]): Sample[] =>
  points.map((p) => ({
    t: Date.parse(p.at),
    share: Number.isFinite(p.share) ? Math.max(0, p.share) : 0,
    poison: p.kind.startsWith('poison.'),
  }))

/** When the alarms of a strip fired, milliseconds since 1970 UTC. */
export const alarmTimes = (strip: Strip): number[] =>
  strip.marks.filter((m) => m.kind === 'alarm').map((m) => Date.parse(m.at))

/** The same curve with a point where it crosses each edge, so that the bands meet exactly on the line. */
export function withCrossings(
  samples: readonly Sample[],
  edges: readonly number[] = [watchShare, alarmShare],
): Sample[] {
  const out: Sample[] = []
  for (const sample of samples) {
    const last = out.at(-1)
    if (last && last.share !== sample.share) {
      const crossed = edges
        .filter((edge) => (last.share - edge) * (sample.share - edge) < 0)
        .map((edge) => ({
          ...sample,
          between: true as const,
          t: last.t + ((edge - last.share) / (sample.share - last.share)) * (sample.t - last.t),
          share: edge,
        }))
        .sort((a, b) => a.t - b.t)
      out.push(...crossed)
    }
    out.push(sample)
  }
  return out
}

interface Segment {
  band: Band
  poison: boolean
  samples: Sample[]
}

/** Stretches of the curve that lie in one band, each sharing its end with the next one's beginning. Only the rise to an alarm is alarm: what follows is held. */
export function segments(samples: readonly Sample[], alarms: readonly number[]): Segment[] {
  const bandOf = (a: Sample, b: Sample): Band => {
    const share = (a.share + b.share) / 2
    if (share < alarmShare) return share >= watchShare ? 'watch' : 'evidence'
    return alarms.some((t) => t > a.t && t <= b.t) ? 'alarm' : 'held'
  }
  const points = withCrossings(samples)
  const out: Segment[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Sample, points[i] as Sample]
    const last = out.at(-1)
    // The straight fall from a held sample to the next one is drawn only because a curve has no gaps: it was never watched in between.
    const falling = a.between && last?.band === 'held' && b.share < a.share
    const band = falling ? 'held' : bandOf(a, b)
    const poison = falling ? last.poison : ((band === 'held' ? a.poison : b.poison) ?? false)
    if (last?.band === band && last.poison === poison) last.samples.push(b)
    else out.push({ band, poison, samples: [a, b] })
  }
  return out
}

/** From the earliest to the latest of what the strips show, or the range that was asked for. */
export function domainOf(
  strips: readonly Strip[],
  asked?: { from?: string | null; to?: string | null },
): Domain | null {
  const times = strips.flatMap((s) => [...s.points, ...s.marks].map((p) => Date.parse(p.at))).filter(Number.isFinite)
  const from = asked?.from ? Date.parse(asked.from) : Math.min(...times)
  const to = asked?.to ? Date.parse(asked.to) : Math.max(...times)
  return Number.isFinite(from) && Number.isFinite(to) && to > from ? [from, to] : null
}

export const peak = (points: readonly StripPoint[]): StripPoint | null =>
  points.reduce<StripPoint | null>((worst, p) => (worst === null || p.share > worst.share ? p : worst), null)

/** The last sample at or before `t`. */
export function sampleAt(points: readonly StripPoint[], t: number): StripPoint | null {
  let found: StripPoint | null = null
  for (const point of points) {
    if (Date.parse(point.at) > t) break
    found = point
  }
  return found
}
