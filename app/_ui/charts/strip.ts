import type { Strip, StripPoint } from '@/lib/view/types'

/** Arithmetic of the evidence strip, shared by its three sizes. Height is evidence as a share of the budget; 1 is the promise. */

export interface Sample {
  t: number
  share: number
}
/** Inclusive, milliseconds since 1970 UTC. */
export type Domain = readonly [from: number, to: number]

/** Half of the budget spent: from here it is worth a look. */
export const watchShare = 0.5
export const alarmShare = 1

export type Band = 'evidence' | 'watch' | 'alarm'
export const bands: readonly Band[] = ['evidence', 'watch', 'alarm']

export const samplesOf = (points: readonly StripPoint[]): Sample[] =>
  points.map((p) => ({ t: Date.parse(p.at), share: Number.isFinite(p.share) ? Math.max(0, p.share) : 0 }))

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

export const bandOf = (share: number): Band =>
  share >= alarmShare ? 'alarm' : share >= watchShare ? 'watch' : 'evidence'

/** Stretches of the curve that lie in one band, each sharing its end with the next one's beginning. */
export function segments(samples: readonly Sample[]): { band: Band; samples: Sample[] }[] {
  const points = withCrossings(samples)
  const out: { band: Band; samples: Sample[] }[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Sample, points[i] as Sample]
    const band = bandOf((a.share + b.share) / 2)
    const last = out.at(-1)
    if (last?.band === band) last.samples.push(b)
    else out.push({ band, samples: [a, b] })
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
