/** A small classification tree on numbers (CART, Gini): what a team refits every few hundred rows and calls its model. */
export interface Tree {
  share(x: readonly number[]): number
}

const maxDepth = 6

export function fitTree(rows: readonly { x: readonly number[]; y: boolean }[], minLeaf = 12, depth = 0): Tree {
  const positives = rows.reduce((n, r) => n + (r.y ? 1 : 0), 0)
  const share = (positives + 0.5) / (rows.length + 1)
  const leaf: Tree = { share: () => share }
  if (depth === maxDepth || positives === 0 || positives === rows.length || rows.length < 2 * minLeaf) return leaf
  const gini = (n: number, p: number) => p - (p * p) / n
  let best = { gain: 1, column: -1, cut: 0 }
  for (let column = 0; column < (rows[0]?.x.length ?? 0); column++) {
    const sorted = rows.map((r) => ({ v: r.x[column] as number, y: r.y })).sort((a, b) => a.v - b.v)
    let left = 0
    for (let i = 1; i < sorted.length; i++) {
      const [before, here] = [sorted[i - 1] as (typeof sorted)[0], sorted[i] as (typeof sorted)[0]]
      if (before.y) left++
      if (before.v === here.v || i < minLeaf || sorted.length - i < minLeaf) continue
      const gain = gini(rows.length, positives) - gini(i, left) - gini(rows.length - i, positives - left)
      if (gain > best.gain) best = { gain, column, cut: (before.v + here.v) / 2 }
    }
  }
  if (best.column < 0) return leaf
  const { column, cut } = best
  const low = fitTree(
    rows.filter((r) => (r.x[column] as number) < cut),
    minLeaf,
    depth + 1,
  )
  const high = fitTree(
    rows.filter((r) => (r.x[column] as number) >= cut),
    minLeaf,
    depth + 1,
  )
  return { share: (x) => ((x[column] as number) < cut ? low : high).share(x) }
}
