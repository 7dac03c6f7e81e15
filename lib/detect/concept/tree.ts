import { fitScore, type LinearScore, levelOf, levelOfScore } from '@/lib/detect/concept/linear-score'
import { bestSplit, halved, levels, type TreeRows } from '@/lib/detect/concept/tree-split'

/**
 * A small classification and regression tree on bytes: which rows are alike for the label, so that P(y | x) can be watched leaf by leaf.
 * Beside the columns it may cut a sum of them (./linear-score.ts). Depth 5, splits that explain at least twelve times what noise would, categories in order of their mean label.
 * Source: Breiman et al. 1984; recipes/drift.md §3 "Leaf".
 */
export interface Tree {
  /** By node of a heap from 1: the column, −1 for a leaf. */
  column: Int16Array
  /** Goes right when the rank of the column's byte is above it. */
  cut: Uint8Array
  /** Rank of each byte by column: itself for numbers, by mean label for categories. */
  ranks: Uint8Array
  /** Leaf number by node; 255 for inner nodes. */
  leaf: Uint8Array
  leaves: number
  /** By leaf: the part that it was halved from, which the labels set apart; parts are numbered from 0. */
  part: Uint8Array
  parts: number
  /** The sum that is one more column, after the others; null for none. */
  score: LinearScore | null
}
const depth = 5
const nodes = 2 ** (depth + 1)
/** Leaves of more rows than this share are halved along the column that set them apart: a rule changes near where it cuts. */
const largeLeaf = 1 / 16
/** @param categorical columns whose bytes have no order of their own. @param summed those that may be part of a sum. */
export function fitTree(
  rows: TreeRows,
  categorical: readonly boolean[],
  summed: readonly boolean[] = categorical.map((is) => !is),
): Tree {
  const { n, width, targets, y } = rows
  const tree: Tree = {
    column: new Int16Array(nodes).fill(-1),
    cut: new Uint8Array(nodes),
    ranks: rankLevels(rows, categorical),
    leaf: new Uint8Array(nodes).fill(255),
    leaves: 0,
    part: new Uint8Array(nodes),
    parts: 0,
    score: null,
  }
  const ranked = new Uint8Array(n * width)
  for (let i = 0; i < n; i++) {
    const from = rows.at(i)
    for (let c = 0; c < width; c++)
      ranked[i * width + c] = tree.ranks[c * levels + ((rows.bytes[from + c] as number) & (levels - 1))] as number
  }
  const least = Math.max(20, Math.floor(n / 40))
  tree.score = fitScore(ranked, n, width, y, targets, levels, summed)
  split(
    tree,
    tree.score ? { ...rows, width: width + 1 } : rows,
    tree.score ? withScore(ranked, n, width, tree.score) : ranked,
    Int32Array.from({ length: n }, (_, i) => i),
    1,
    0,
    least,
    -1,
  )
  if (targets * n > y.length) throw new RangeError('fewer targets than rows')
  return tree
}
function withScore(ranked: Uint8Array, n: number, width: number, score: LinearScore): Uint8Array {
  const wide = new Uint8Array(n * (width + 1))
  for (let i = 0; i < n; i++) {
    wide.set(ranked.subarray(i * width, (i + 1) * width), i * (width + 1))
    wide[i * (width + 1) + width] = levelOfScore(score, ranked, i * width)
  }
  return wide
}
function scoreLevel({ ranks }: Tree, { weights, edges }: LinearScore, bytes: Uint8Array, at: number): number {
  let sum = 0
  for (let c = 0; c < weights.length; c++)
    sum += (weights[c] as number) * (ranks[c * levels + ((bytes[at + c] as number) & (levels - 1))] as number)
  return levelOf(edges, sum)
}
export function leafOf(tree: Tree, bytes: Uint8Array, at: number): number {
  const { score } = tree
  let node = 1
  for (let column = tree.column[1] as number; column >= 0; column = tree.column[node] as number) {
    const rank =
      score && column === score.weights.length
        ? scoreLevel(tree, score, bytes, at)
        : (tree.ranks[column * levels + ((bytes[at + column] as number) & (levels - 1))] as number)
    node = 2 * node + (rank > (tree.cut[node] as number) ? 1 : 0)
  }
  return tree.leaf[node] as number
}
function rankLevels({ n, width, bytes, at, targets, y }: TreeRows, categorical: readonly boolean[]): Uint8Array {
  const ranks = new Uint8Array(width * levels)
  for (let c = 0; c < width; c++) {
    for (let level = 0; level < levels; level++) ranks[c * levels + level] = level
    if (!categorical[c]) continue
    const count = new Float64Array(levels)
    const sum = new Float64Array(levels)
    let all = 0
    for (let i = 0; i < n; i++) {
      const level = (bytes[at(i) + c] as number) & (levels - 1)
      const value = y[i * targets] as number
      count[level] = (count[level] as number) + 1
      sum[level] = (sum[level] as number) + value
      all += value / n
    }
    const mean = (level: number) => ((sum[level] as number) + 10 * all) / ((count[level] as number) + 10)
    const order = Array.from({ length: levels }, (_, level) => level).sort((a, b) => mean(a) - mean(b) || a - b)
    for (const [rank, level] of order.entries()) ranks[c * levels + level] = rank
  }
  return ranks
}
function split(
  tree: Tree,
  rows: TreeRows,
  ranked: Uint8Array,
  members: Int32Array,
  node: number,
  level: number,
  least: number,
  part: number,
): void {
  const may = level < depth && members.length >= 2 * least
  let best = may && part < 0 ? bestSplit(rows, ranked, members, least) : null
  let own = part
  if (!best) {
    if (own < 0) own = tree.parts++
    if (may && level > 0 && members.length > largeLeaf * rows.n)
      best = halved(ranked, rows.width, members, tree.column[node >> 1] as number, least)
  }
  if (!best) {
    tree.part[tree.leaves] = own
    tree.leaf[node] = tree.leaves++
    return
  }
  tree.column[node] = best.column
  tree.cut[node] = best.cut
  const { width } = rows
  const { column, cut } = best
  const right = (i: number) => (ranked[i * width + column] as number) > cut
  const low = members.filter((i) => !right(i))
  split(tree, rows, ranked, low, 2 * node, level + 1, least, own)
  split(tree, rows, ranked, members.filter(right), 2 * node + 1, level + 1, least, own)
}
