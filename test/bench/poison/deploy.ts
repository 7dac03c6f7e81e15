import type { Row, TrainingEvent } from '@/lib/redteam/stage'
import { seededRandom } from '../drift/stream/random'
import type { Base } from './base/base'

const rowsPerVersion = 2500

export const trainingLine = ({ id, source, timeMs, data }: TrainingEvent): object =>
  line('ml.training.v1', id, source, timeMs, data)

const line = (type: string, id: string, source: string, timeMs: number, data: object): object => ({
  specversion: '1.0',
  id,
  source,
  type,
  time: new Date(timeMs).toISOString(),
  data,
})

/**
 * Lines of a deployment around the feed: the model is asked once every four rows, answers with scores and errs now and then, labels come late, and every
 * 2,500 rows a version goes out.
 */
export function deployed(base: Base, feed: readonly TrainingEvent[], seed: string): object[] {
  const random = seededRandom(`deployed ${base.name} ${seed}`)
  const classes = [...new Set(base.clean.map((row) => row.label))]
  const numeric = base.config.task === 'regression'
  const accuracy = 0.8 + 0.15 * random.uniform()
  const model = base.feed[0]?.data.model ?? ''
  const out: object[] = []
  const due: { at: number; id: string; label: Row['label'] }[] = []
  let asked = 0
  let version = 1
  for (const [i, event] of feed.entries()) {
    out.push(trainingLine(event))
    if (i % rowsPerVersion === rowsPerVersion - 1) {
      version++
      const data = { model, version: `v${version}`, parent: `v${version - 1}` }
      out.push(line('ml.version.v1', `version-${version}`, '/registry', event.timeMs, data))
    }
    if (i % 4 !== 0) continue
    const row = base.clean[asked % base.clean.length] as Row
    const id = `p-${asked++}`
    const { prediction, scores } = numeric
      ? { prediction: Number((Number(row.label) * (1 + 0.1 * random.normal())).toPrecision(4)), scores: undefined }
      : answer(row, classes, random.chance(accuracy) ? row.label : random.pick(classes), 0.5 + 0.5 * random.uniform())
    const { features, text, embedding, segment } = row
    const data = {
      model,
      version: `v${version}`,
      features,
      prediction,
      ...(scores ? { scores } : {}),
      ...(text === undefined ? {} : { text }),
      ...(embedding ? { embedding } : {}),
      ...(segment ? { segment } : {}),
    }
    out.push(line('ml.prediction.v1', id, '/serve', event.timeMs, data))
    due.push({ at: i + 200 + random.below(400), id, label: row.label })
    while (due[0] && due[0].at <= i) {
      const { id: of, label } = due.shift() as (typeof due)[number]
      out.push(line('ml.label.v1', `l-${of}`, '/labels', event.timeMs, { model, prediction: of, label }))
    }
  }
  return out
}

function answer(row: Row, classes: readonly Row['label'][], prediction: Row['label'], p: number) {
  const rest = (1 - p) / Math.max(1, classes.length - 1)
  const scores = Object.fromEntries(classes.map((k) => [String(k), Number((k === prediction ? p : rest).toFixed(4))]))
  return { prediction, scores }
}
