import { type Hashed, slotOf } from './hashed'

/** Running mean and variance of each numeric feature (Welford 1962), and the standardised input that follows from them. */
export interface Scale {
  moments: Map<string, { n: number; mean: number; squares: number }>
}

/** Beyond five standard deviations a value says no more: sensors fail. */
const clip = 5

export const startScale = (): Scale => ({ moments: new Map() })

export function seen(scale: Scale, features: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(features)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    const moment = scale.moments.get(name) ?? { n: 0, mean: 0, squares: 0 }
    moment.n++
    const off = value - moment.mean
    moment.mean += off / moment.n
    moment.squares += off * (value - moment.mean)
    scale.moments.set(name, moment)
  }
}

export function standardised(scale: Scale, features: Record<string, unknown>): Hashed {
  const slots: number[] = []
  const values: number[] = []
  for (const [name, value] of Object.entries(features)) {
    if (typeof value === 'boolean' || typeof value === 'string') {
      slots.push(slotOf(`is:${name}=${value}`))
      values.push(1)
    } else if (typeof value === 'number' && Number.isFinite(value)) {
      const moment = scale.moments.get(name)
      const deviation = moment && moment.n > 1 ? Math.sqrt(moment.squares / (moment.n - 1)) : 0
      if (!moment || deviation === 0) continue
      slots.push(slotOf(`number:${name}`))
      values.push(Math.max(-clip, Math.min(clip, (value - moment.mean) / deviation)))
    }
  }
  return { slots, values }
}
