/** A sparse input: `slots[i]` of the weights is multiplied by `values[i]`. */
export interface Hashed {
  slots: number[]
  values: number[]
}

/** 2^16: some 9,000 distinct words, so that few share a slot. */
export const slotCount = 65_536

/** FNV-1a, 32 bits, folded to a slot. */
export function slotOf(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return ((hash >>> 16) ^ hash) & (slotCount - 1)
}

/** Distinct words, numbers by their length alone, with Euclidean length 1: a long message weighs no more than a short one. */
export function hashWords(text: string): Hashed {
  const words = new Set(
    (text.toLowerCase().match(/[\p{L}']+|\d+|[£$€!?]/gu) ?? []).map((word) =>
      /^\d/.test(word) ? `number-${Math.min(word.length, 8)}` : word,
    ),
  )
  const weight = 1 / Math.sqrt(Math.max(1, words.size))
  const slots = [...words].map((word) => slotOf(`word:${word}`))
  return { slots, values: slots.map(() => weight) }
}
