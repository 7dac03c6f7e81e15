import type { TrainingData } from '@/lib/event/types'
import { tableBits } from '@/lib/learn/inputs/encode'
import { hashInt, spread } from '@/lib/learn/inputs/hash'
import type { Candidates } from './candidates'
import { kinds } from './candidates'
import type { Named } from './name'

const mask = (1 << tableBits) - 1
const input = (hash: number) => spread(hash) & mask

/** The learner's inputs by which it knows the pattern; null where it has none of its own for it, such as for an exact number. */
export function inputsOf(row: Candidates, c: number, { words, values }: Named, data: TrainingData): number[] | null {
  if (values.length > 0) {
    const places = [row.first[c] as number, row.second[c] as number].slice(0, values.length)
    if (places.some((place) => typeof row.values[place] === 'number')) return null
    return values.map(input)
  }
  if (data.text === undefined) return null
  const inputs = words.map(input)
  if (row.kind[c] !== kinds.apart)
    for (let w = 1; w < words.length; w++) inputs.push(input(hashInt(words[w - 1] as number, words[w] as number)))
  return inputs
}
