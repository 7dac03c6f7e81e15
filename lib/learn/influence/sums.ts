/** Rows and influence by name, in order of last use; the latest 256 names. */
export type Sums = Map<string, { rows: number; influence: number }>

const mostNames = 256

export function addTo(sums: Sums, name: string, influence: number, weight = 1): void {
  const sum = sums.get(name) ?? { rows: 0, influence: 0 }
  sum.rows += weight
  sum.influence += weight * influence
  sums.delete(name)
  sums.set(name, sum)
  if (sums.size <= mostNames) return
  for (const oldest of sums.keys()) {
    sums.delete(oldest)
    return
  }
}
