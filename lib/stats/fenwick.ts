/**
 * Counts by bin whose running sums cost six steps and not sixty: `tree[i]` holds a range of counts that ends at bin i − 1.
 * Plain typed array, so that it survives a structured clone. Bins are 0 … tree.length − 2.
 * Source: Fenwick 1994, A new data structure for cumulative frequency tables.
 */
export function fenwickFrom(counts: ArrayLike<number>): Float64Array {
  const tree = new Float64Array(counts.length + 1)
  for (let i = 0; i < counts.length; i++) fenwickAdd(tree, i, counts[i] as number)
  return tree
}

export function fenwickAdd(tree: Float64Array, bin: number, amount: number): void {
  for (let i = bin + 1; i < tree.length; i += i & -i) tree[i] = (tree[i] as number) + amount
}

/** Sum of the counts of all bins before `bin`. */
export function fenwickBelow(tree: Float64Array, bin: number): number {
  let sum = 0
  for (let i = bin; i > 0; i &= i - 1) sum += tree[i] as number
  return sum
}

export const fenwickAt = (tree: Float64Array, bin: number): number =>
  fenwickBelow(tree, bin + 1) - fenwickBelow(tree, bin)
