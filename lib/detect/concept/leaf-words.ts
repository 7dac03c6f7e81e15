import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import type { LinearScore } from '@/lib/detect/concept/linear-score'
import type { Tree } from '@/lib/detect/concept/tree'
import { levels } from '@/lib/detect/concept/tree-split'
import { brief } from '@/lib/detect/drift/words'

const mostNames = 3

/** The rows of a leaf in words: `amount > 52 and country GB or DE`. Empty for a tree of one leaf. */
export function leafWords(tree: Tree, book: FeatureBytes, leaf: number): string {
  const bounds = new Map<number, { over?: number; upTo?: number; codes: boolean[] }>()
  let node = tree.leaf.findIndex((at, i) => at === leaf && i > 0)
  for (; node > 1; node >>= 1) {
    const parent = node >> 1
    const column = tree.column[parent] as number
    const cut = tree.cut[parent] as number
    const right = (node & 1) === 1
    const bound = bounds.get(column) ?? { codes: new Array<boolean>(levels).fill(true) }
    bounds.set(column, bound)
    for (let level = 0; level < levels; level++)
      if (rankOf(tree, column, level) > cut !== right) bound.codes[level] = false
  }
  return [...bounds]
    .map(([column, { codes }]) =>
      tree.score && column === tree.score.weights.length
        ? scoreWords(tree.score, book, codes)
        : columnWords(book, column, codes),
    )
    .filter((words) => words !== '')
    .join(' and ')
}

const rankOf = ({ score, ranks }: Tree, column: number, level: number): number =>
  score && column === score.weights.length ? level : (ranks[column * levels + level] as number)

/** Which part of the sum, and of what mostly. */
function scoreWords({ weights }: LinearScore, book: FeatureBytes, codes: readonly boolean[]): string {
  const most = Math.max(...weights.map(Math.abs))
  const names = book.names
    .map((name, c) => ({ name, weight: weights[c] ?? 0 }))
    .filter(({ weight }) => Math.abs(weight) > 0.3 * most)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, mostNames)
    .map(({ name, weight }, i) => `${weight < 0 ? (i === 0 ? '−' : '− ') : i === 0 ? '' : '+ '}${name}`)
  const low = codes.indexOf(true) / levels
  const high = (codes.lastIndexOf(true) + 1) / levels
  return `${names.join(' ')} (weighted) is between its ${Math.round(100 * low)} % and ${Math.round(100 * high)} % quantile`
}

function columnWords(book: FeatureBytes, column: number, codes: readonly boolean[]): string {
  const one = book.columns[column]
  const name = book.names[column]
  if (!one || name === undefined) {
    if (column === book.names.length) return 'in some segments'
    const hours = codes.slice(0, 24).flatMap((on, hour) => (on ? [hour] : []))
    return `between ${hours[0] ?? 0}:00 and ${(hours.at(-1) ?? 23) + 1}:00 UTC`
  }
  if (one.grid) {
    const { edges } = one.grid
    const bins = codes.slice(1, edges.length + 2)
    const first = bins.indexOf(true)
    const last = bins.lastIndexOf(true)
    if (first < 0) return `${name} missing`
    const low = first > 0 ? brief(edges[first - 1] as number) : null
    const high = last < edges.length ? brief(edges[last] as number) : null
    if (low !== null && high !== null) return `${low} < ${name} ≤ ${high}`
    return low !== null ? `${name} > ${low}` : high !== null ? `${name} ≤ ${high}` : ''
  }
  const names = [...(one.codes ?? [])].filter(([, code]) => codes[code]).map(([value]) => value)
  if (names.length === 0) return `${name} none of the common ones`
  const more = names.length > mostNames ? ` or ${names.length - mostNames} more` : ''
  return `${name} ${names.slice(0, mostNames).join(' or ')}${more}`
}
