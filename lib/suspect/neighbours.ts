/** What the nearest of the others are labelled. */
export interface NeighbourVote {
  /** Of the nearest, how many have the row's own label; and what most of them have. */
  readonly own: number
  readonly of: number
  readonly most: string
}

export const nearest = 10
/** Longer embeddings are folded into so many numbers. */
const folded = 64

/**
 * The vote of each row's ten nearest by cosine, the row itself left out.
 * @param embeddings by row; null where it has none: then it has no vote.
 * Source  Fix & Hodges 1951; Bahri, Jiang & Gupta 2020, Deep k-NN for noisy labels.
 */
export function neighbourVotes(
  embeddings: readonly (readonly number[] | null)[],
  labels: readonly string[],
): (NeighbourVote | null)[] {
  const at = embeddings.flatMap((embedding, i) => (embedding && embedding.length > 1 ? [i] : []))
  if (at.length <= 2 * nearest) return embeddings.map(() => null)
  const points = at.map((i) => unit(embeddings[i] as readonly number[]))
  const out: (NeighbourVote | null)[] = embeddings.map(() => null)
  for (const [a, i] of at.entries()) {
    const best = nearestOf(points, a)
    const votes = new Map<string, number>()
    for (const b of best) {
      const label = labels[at[b] as number] as string
      votes.set(label, (votes.get(label) ?? 0) + 1)
    }
    const [most] = [...votes].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
    out[i] = { own: votes.get(labels[i] as string) ?? 0, of: best.length, most: most?.[0] ?? '' }
  }
  return out
}

function nearestOf(points: readonly Float32Array[], a: number): number[] {
  const own = points[a] as Float32Array
  const best: number[] = []
  const likeness: number[] = []
  for (const [b, point] of points.entries()) {
    if (b === a) continue
    let sum = 0
    for (let d = 0; d < own.length; d++) sum += (own[d] as number) * (point[d] as number)
    if (best.length === nearest && sum <= (likeness[nearest - 1] as number)) continue
    let place = best.length
    while (place > 0 && (likeness[place - 1] as number) < sum) place--
    best.splice(place, 0, b)
    likeness.splice(place, 0, sum)
    if (best.length > nearest) {
      best.pop()
      likeness.pop()
    }
  }
  return best
}

function unit(embedding: readonly number[]): Float32Array {
  const out = new Float32Array(Math.min(folded, embedding.length))
  for (const [d, value] of embedding.entries()) {
    // Signs in turn: what is folded together does not add up by itself.
    const sign = d % (2 * folded) < folded ? 1 : -1
    if (Number.isFinite(value)) out[d % folded] = (out[d % folded] as number) + sign * value
  }
  const length = Math.hypot(...out) || 1
  return out.map((value) => value / length)
}
