import type { Domain, Sample } from './strip'

export interface Frame {
  width: number
  height: number
  domain: Domain
  /** Share at the top edge; more is cut off there, and told in words. */
  top: number
}

/** Path of the curve itself. */
export const linePath = (samples: readonly Sample[], frame: Frame): string =>
  samples.map((s, i) => `${i === 0 ? 'M' : 'L'}${x(s.t, frame)} ${y(s.share, frame)}`).join('')

/** Path of the area under a stretch of the curve. */
export function areaPath(samples: readonly Sample[], frame: Frame): string {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last) return ''
  const upper = samples.map((s) => `${x(s.t, frame)} ${y(s.share, frame)}`)
  return `M${x(first.t, frame)} ${frame.height}L${upper.join('L')}L${x(last.t, frame)} ${frame.height}Z`
}

export const x = (t: number, { width, domain: [from, to] }: Frame): number => round(((t - from) / (to - from)) * width)
export const y = (share: number, { height, top }: Frame): number =>
  round(height - (Math.min(share, top) / top) * height)
const round = (v: number): number => Math.round(v * 10) / 10
