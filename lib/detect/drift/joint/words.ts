import type { JointState } from '@/lib/detect/drift/joint/state'

const quarterNames = ['lowest quarter', 'second quarter', 'third quarter', 'highest quarter']
const halfNames = ['lower half', 'upper half']
const mostListed = 3

/** Counts of cells with names that people read: quarters where two features make them, halves where three do; empty ones are left out of neither. */
export function cellWords(
  state: JointState,
  features: readonly number[],
  counts: ArrayLike<number>,
): { names: string[]; counts: number[] } {
  const halves = features.length > 2
  const sums = new Map<string, number>()
  for (let cell = 0; cell < counts.length; cell++) {
    const parts = features.map((f, i) => partName(state, f, (cell >> (2 * i)) & 3, halves))
    const name = parts.join(' with ')
    sums.set(name, (sums.get(name) ?? 0) + (counts[cell] as number))
  }
  return { names: [...sums.keys()], counts: [...sums.values()] }
}

function partName(state: JointState, feature: number, code: number, halves: boolean): string {
  const { name, edges, codes } = state.features[feature] as JointState['features'][number]
  if (edges) return `${name} ${halves ? halfNames[code >> 1] : quarterNames[code]}`
  const same = [...codes].filter(([, own]) => (halves ? own >> 1 === code >> 1 : own === code)).map(([value]) => value)
  if (same.length === 0) return `${name} of no value`
  const listed = same.slice(0, mostListed).map(String).join('|')
  return `${name}=${listed}${same.length > mostListed ? '|…' : ''}`
}
