/** A hint of the stream: something of a model changed. It carries no data. */
export interface Hint {
  model?: string
  what?: string[]
}

export function parseHint(text: string): Hint | null {
  try {
    const hint: unknown = JSON.parse(text)
    return typeof hint === 'object' && hint !== null ? hint : null
  } catch {
    return null
  }
}

/** Counted over stored events, and read once: each hint would have them counted again. */
const counted = /^\/api\/v1\/models\/[^/?]+\/segments(\?|$)/
const ofModel = /^\/api\/v1\/models\/([^/?]+)/

/** Whether an answer may have changed: lists always, a model's own page only when it is that model. */
export function touches(hint: Hint, path: unknown): boolean {
  if (typeof path !== 'string' || counted.test(path)) return false
  const model = ofModel.exec(path)?.[1]
  return !model || !hint.model || decodeURIComponent(model) === hint.model
}
