import { randomUUID } from 'node:crypto'

const categories = [8, 20, 50, 5, 200]

/** Events of some 700 bytes: 20 numbers of four decimals, 5 categoricals; half predictions, half training rows of 20 sources; four models; 1,000 events a second of event time. */
export function benchEvent(n: number, uniform: () => number): { key: string; value: string } {
  const features: Record<string, number | string> = {}
  for (let i = 0; i < 20; i++)
    features[`feature_${i}`] = Math.round((uniform() + uniform() + uniform()) * 1e4 * (i + 1)) / 1e4
  categories.forEach((size, i) => {
    features[`category_${i}`] = `value-${Math.floor(uniform() * size)}`
  })
  const model = `model-${n % 4}`
  const label = uniform() < 0.3 ? 'yes' : 'no'
  const common = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/bench/feed',
    time: new Date(1_790_000_000_000 + n).toISOString(),
  }
  const event =
    Math.floor(n / 4) % 2 === 0
      ? {
          ...common,
          type: 'ml.prediction.v1',
          data: { model, version: 'v1', features, prediction: label, score: Math.round(uniform() * 1e4) / 1e4 },
        }
      : {
          ...common,
          type: 'ml.training.v1',
          data: { model, origin: { id: `source-${Math.floor(uniform() * 20)}`, kind: 'vendor' }, features, label },
        }
  return { key: model, value: JSON.stringify(event) }
}
