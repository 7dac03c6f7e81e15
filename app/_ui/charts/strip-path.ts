import { type Domain, type Sample, withCrossings } from './strip'

/** Path of the area that lies between two shares under the curve; empty when the curve stays below `from`. */
export function bandPath(samples: readonly Sample[], band: { from: number; to: number }, frame: Frame): string {
  const points = withCrossings(samples)
  if (points.every((p) => p.share <= band.from)) return ''
  const upper = points.map((p) => `${x(p.t, frame)} ${y(Math.min(band.to, Math.max(band.from, p.share)), frame)}`)
  const floor = y(band.from, frame)
  const first = points[0] as Sample
  const last = points.at(-1) as Sample
  return `M${x(first.t, frame)} ${floor}L${upper.join('L')}L${x(last.t, frame)} ${floor}Z`
}

export interface Frame {
  width: number
  height: number
  domain: Domain
  /** Share at the top edge; more is cut off there, and told in words. */
  top: number
}

export const x = (t: number, { width, domain: [from, to] }: Frame): number => round(((t - from) / (to - from)) * width)
export const y = (share: number, { height, top }: Frame): number => round(height - (Math.min(share, top) / top) * height)
const round = (v: number): number => Math.round(v * 10) / 10
