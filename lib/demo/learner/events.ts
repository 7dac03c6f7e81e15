import type { Learner, Version } from './learner'
import type { PredictionRequest, TrainingRow } from './row'

/** What the learner says to Assay, as CloudEvents, and what it reads. Ids follow from what is answered: a repeat is the same event. */

export const learnerSource = '/learners/demo'
const event = (id: string, type: string, time: string, data: { model: string; [key: string]: unknown }) => ({
  specversion: '1.0' as const,
  id,
  source: learnerSource,
  type,
  time,
  data,
})

export const answerId = (requestId: string) => `p-${requestId}`

export function answer(learner: Learner, request: PredictionRequest) {
  const { model, id, time, features, text, segment } = request
  return event(answerId(id), 'ml.prediction.v1', time, {
    model,
    features,
    ...(text === undefined ? {} : { text }),
    ...(segment === undefined ? {} : { segment }),
    ...learner.predict(request),
  })
}

export function published(model: string, { version, parent, batches, trainedThrough, metrics }: Version) {
  return event(`v-${version}`, 'ml.version.v1', trainedThrough, {
    model,
    version,
    ...(parent === null ? {} : { parent }),
    batches,
    trainedThrough,
    metrics,
  })
}

export function acknowledged(
  model: string,
  time: string,
  reply: {
    control: string
    status: 'done' | 'refused'
    detail: string
    rows: number
    learned: number
    version: string | null
  },
) {
  return event(`ack-${reply.control}`, 'assay.ack.v1', time, { model, ...reply })
}

/** The row in an `ml.training.v1` event, or null where it cannot be learned from. */
export function rowOf(id: string, time: string, data: Record<string, unknown>): TrainingRow | null {
  const { origin, features, text, label, batch } = data
  if (typeof label !== 'string' || typeof features !== 'object' || features === null) return null
  const from = origin as { id?: unknown } | undefined
  return {
    eventId: id,
    time,
    origin: typeof from?.id === 'string' ? from.id : '',
    batch: typeof batch === 'string' ? batch : null,
    features: features as Record<string, unknown>,
    text: typeof text === 'string' ? text : null,
    label,
  }
}
