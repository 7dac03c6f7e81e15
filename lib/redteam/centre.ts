import type { Row, TrainingEvent } from './stage'

/** Mean of the numeric features and of the embedding over the rows of a label. */
export interface Centre {
  readonly features: ReadonlyMap<string, number>
  readonly embedding: readonly number[]
}

export function centreOf(feed: readonly TrainingEvent[], label: Row['label']): Centre {
  const sums = new Map<string, { sum: number; n: number }>()
  const embedding: number[] = []
  let embedded = 0
  for (const { data } of feed) {
    if (data.label !== label) continue
    for (const [name, value] of Object.entries(data.features)) {
      if (typeof value !== 'number') continue
      const at = sums.get(name) ?? { sum: 0, n: 0 }
      sums.set(name, { sum: at.sum + value, n: at.n + 1 })
    }
    if (data.embedding) {
      embedded++
      for (const [i, value] of data.embedding.entries()) embedding[i] = (embedding[i] ?? 0) + value
    }
  }
  return {
    features: new Map([...sums].map(([name, { sum, n }]) => [name, sum / n])),
    embedding: embedding.map((sum) => sum / Math.max(1, embedded)),
  }
}

/** The row moved towards a centre by a part of the way: 0 stays, 1 arrives. */
export function towards(row: Row, centre: Centre, part: number): Row {
  const features = Object.fromEntries(
    Object.entries(row.features).map(([name, value]) => {
      const to = centre.features.get(name)
      return [name, typeof value === 'number' && to !== undefined ? value + part * (to - value) : value]
    }),
  )
  const embedding = row.embedding?.map((value, i) => value + part * ((centre.embedding[i] ?? value) - value))
  return { ...row, features, ...(embedding ? { embedding } : {}) }
}
