import { mostRecent, type Recent } from '@/lib/learn/place/recent'
import type { Look } from './scatter'

/**
 * Of the recent rows (lib/learn/place/recent.ts), in the same slots: how many times as likely a label is of one drawn at random as of its unit's
 * honest one, and its bin.
 */
export interface Seen {
  ratio: Float32Array
  bin: Uint8Array
}

export const startSeen = (): Seen => ({ ratio: new Float32Array(0), bin: new Uint8Array(0) })

/** Notes it of the row that was remembered last. */
export function seeRatio(seen: Seen, { next }: Recent, { bin, honest, turned }: Look): void {
  if (seen.ratio.length === 0) {
    seen.ratio = new Float32Array(mostRecent)
    seen.bin = new Uint8Array(mostRecent)
  }
  const at = (next - 1 + mostRecent) % mostRecent
  seen.ratio[at] = (turned[bin] as number) / (honest[bin] as number)
  seen.bin[at] = bin
}
