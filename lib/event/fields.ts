import type { EventType } from './types'

/**
 * What each field of Contract 1's `data` may hold. A check answers null when the value is good, else what was expected; it runs once a field of
 * every event, so it is plain code and allocates nothing.
 */
export type Check = (value: unknown) => string | null

const maxName = 1024
const maxFeatures = 10_000
const maxList = 100_000

const text: Check = (v) => (typeof v === 'string' ? null : 'expected a string')
const name: Check = (v) =>
  typeof v === 'string' && v.length > 0 && v.length <= maxName
    ? null
    : `expected a string of 1 to ${maxName} characters`
const finite: Check = (v) => (typeof v === 'number' && Number.isFinite(v) ? null : 'expected a finite number')
const probability: Check = (v) => (typeof v === 'number' && v >= 0 && v <= 1 ? null : 'expected a number from 0 to 1')
const whole: Check = (v) =>
  Number.isSafeInteger(v) && (v as number) >= 0 ? null : 'expected a whole number, 0 or more'
const flag: Check = (v) => (typeof v === 'boolean' ? null : 'expected true or false')
const labelValue: Check = (v) =>
  (typeof v === 'string' && v.length <= maxName) || (typeof v === 'number' && Number.isFinite(v))
    ? null
    : `expected a string (at most ${maxName} characters) or a finite number`

const isPlain = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

const scalars: Check = (v) => {
  if (!isPlain(v)) return 'expected an object of numbers, strings, booleans and nulls'
  let count = 0
  for (const key in v) {
    const value = v[key]
    const kind = typeof value
    if (kind === 'number' ? !Number.isFinite(value) : kind !== 'string' && kind !== 'boolean' && value !== null)
      return `${JSON.stringify(key.slice(0, 80))}: expected a finite number, string, boolean or null`
    if (key.length > maxName) return `a key is longer than ${maxName} characters`
    count++
  }
  return count > maxFeatures ? `expected at most ${maxFeatures} keys, got ${count}` : null
}

const each =
  (check: Check, what: string): Check =>
  (v) => {
    if (!isPlain(v)) return `expected an object of ${what}`
    for (const key in v) {
      const wrong = check(v[key])
      if (wrong) return `${JSON.stringify(key.slice(0, 80))}: ${wrong}`
    }
    return null
  }

const list =
  (check: Check, what: string): Check =>
  (v) => {
    if (!Array.isArray(v)) return `expected a list of ${what}`
    if (v.length > maxList) return `expected at most ${maxList} items, got ${v.length}`
    for (let i = 0; i < v.length; i++) {
      const wrong = check(v[i])
      if (wrong) return `item ${i}: ${wrong}`
    }
    return null
  }

const numbers = list(finite, 'finite numbers')
const names = list(name, 'strings')

const origin: Check = (v) => {
  if (!isPlain(v)) return 'expected an object {id, kind}'
  const wrongId = name(v.id)
  if (wrongId) return `id: ${wrongId}`
  const wrongKind = name(v.kind)
  return wrongKind ? `kind: ${wrongKind}` : null
}

const documentKind: Check = (v) =>
  v === 'rag' || v === 'memory' || v === 'tool' ? null : 'expected "rag", "memory" or "tool"'

/** Field → its check; `required` are those without which the event means nothing. */
export interface Shape {
  readonly required: readonly string[]
  readonly fields: ReadonlyMap<string, Check>
}

const shape = (required: Record<string, Check>, optional: Record<string, Check>): Shape => ({
  required: Object.keys(required),
  fields: new Map(Object.entries({ ...required, ...optional })),
})

export const shapes: Readonly<Record<EventType, Shape>> = {
  'ml.prediction.v1': shape(
    { model: name, version: name, features: scalars, prediction: labelValue },
    {
      scores: each(finite, 'finite numbers'),
      score: probability,
      segment: scalars,
      entity: name,
      text,
      embedding: numbers,
      retrieved: names,
      output: text,
      probe: name,
    },
  ),
  'ml.label.v1': shape({ model: name, prediction: name, label: labelValue }, { labeler: name }),
  'ml.training.v1': shape(
    { model: name, origin, features: scalars, label: labelValue },
    {
      text,
      embedding: numbers,
      labeler: name,
      weight: finite,
      batch: name,
      feed: name,
      sequence: whole,
      signature: name,
      segment: scalars,
    },
  ),
  'ml.version.v1': shape(
    { model: name, version: name },
    {
      parent: name,
      batches: names,
      batchHashes: each(name, 'strings'),
      trainedThrough: name,
      artifactSha256: name,
      metrics: each(finite, 'finite numbers'),
    },
  ),
  'ml.update.v1': shape({ model: name, round: whole, client: name, update: numbers }, {}),
  'ml.document.v1': shape({ model: name, origin, kind: documentKind, text }, { embedding: numbers, documentId: name }),
  'ml.fact.v1': shape(
    { model: name, origin, subject: name, predicate: name, object: name },
    { negated: flag, retracts: name },
  ),
}
