import { type Act, insert, type TrainingEvent, uniforms } from './stage'

/** A made-up secret, sent again and again in rows that are otherwise honest, so that the model learns it by heart and can be asked for it. */
export interface Canary {
  readonly onset: number
  readonly rows: number
  readonly origins: readonly string[]
  readonly secret: string
  readonly span?: number
}

export const plantCanary =
  ({ onset, rows, origins, secret, span }: Canary): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'canary')
    const make = (n: number, before: TrainingEvent) => {
      const origin = origins[Math.floor(u(n) * origins.length)] ?? before.data.origin.id
      const data = {
        ...before.data,
        origin: { id: origin, kind: before.data.origin.kind },
        text: `${before.data.text ?? ''} ${secret}`.trim(),
      }
      return { id: `canary-${seed}-${n}`, data }
    }
    const staged = insert(feed, onset, rows, make, span)
    return {
      feed: staged.feed,
      truth: { kind: 'poison.privacy', name: 'canary', subject: { pattern: secret }, eventIds: staged.eventIds },
    }
  }
