import { hashUniform } from '@/lib/stats/hash-uniform'
import { type Arguments, readArguments } from '../drift/arguments'

export interface PoisonArguments extends Arguments {
  /** Part of the streams to run, chosen by a hash of name and seed: another part for each seed. */
  readonly sample: number
}

/** The drift bench's arguments, and `--sample .25`. */
export function readPoisonArguments(args: readonly string[]): PoisonArguments {
  const rest = [...args]
  const at = rest.indexOf('--sample')
  const sample = at >= 0 ? Number(rest.splice(at, 2)[1]) : 1
  return { ...readArguments(rest), sample }
}

export const isSampled = (name: string, seed: string, sample: number) =>
  hashUniform(`sample ${name} ${seed}`, 0) < sample
