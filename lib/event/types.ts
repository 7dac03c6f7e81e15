/** Contract 1: the seven event types, as the rest of Assay sees them after decoding. */

export type FeatureValue = number | string | boolean | null
/** A feature that is absent and one that is null both count as missing, and are told apart. */
export type Features = Readonly<Record<string, FeatureValue>>
/** A class, or the value of a regression. */
export type Label = string | number
export type Segment = Readonly<Record<string, string | number | boolean | null>>
export interface Origin {
  readonly id: string
  readonly kind: string
}

export interface PredictionData {
  readonly model: string
  readonly version: string
  readonly features: Features
  readonly prediction: Label
  readonly scores?: Readonly<Record<string, number>>
  /** Probability of the last class, for a binary model. */
  readonly score?: number
  readonly segment?: Segment
  readonly entity?: string
  readonly text?: string
  readonly embedding?: readonly number[]
  readonly retrieved?: readonly string[]
  readonly output?: string
  readonly probe?: string
}

export interface LabelData {
  readonly model: string
  /** The id of the prediction event that this labels. */
  readonly prediction: string
  readonly label: Label
  readonly labeler?: string
}

export interface TrainingData {
  readonly model: string
  readonly origin: Origin
  readonly features: Features
  readonly label: Label
  readonly text?: string
  readonly embedding?: readonly number[]
  readonly labeler?: string
  readonly weight?: number
  readonly batch?: string
  readonly feed?: string
  readonly sequence?: number
  readonly signature?: string
  readonly segment?: Segment
}

export interface VersionData {
  readonly model: string
  readonly version: string
  readonly parent?: string
  readonly batches?: readonly string[]
  readonly batchHashes?: Readonly<Record<string, string>>
  readonly trainedThrough?: string
  readonly artifactSha256?: string
  readonly metrics?: Readonly<Record<string, number>>
}

export interface UpdateData {
  readonly model: string
  readonly round: number
  readonly client: string
  readonly update: readonly number[]
}

export interface DocumentData {
  readonly model: string
  readonly origin: Origin
  readonly kind: 'rag' | 'memory' | 'tool'
  readonly text: string
  readonly embedding?: readonly number[]
  readonly documentId?: string
}

export interface FactData {
  readonly model: string
  readonly origin: Origin
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly negated?: boolean
  readonly retracts?: string
}

export interface EventDataByType {
  'ml.prediction.v1': PredictionData
  'ml.label.v1': LabelData
  'ml.training.v1': TrainingData
  'ml.version.v1': VersionData
  'ml.update.v1': UpdateData
  'ml.document.v1': DocumentData
  'ml.fact.v1': FactData
}

export type EventType = keyof EventDataByType

interface Envelope<T extends EventType> {
  readonly type: T
  /** Identity is (source, id). */
  readonly id: string
  readonly source: string
  /** Event time, milliseconds since 1970 UTC. Places an event in windows and seasons; arrival order rules the evidence. */
  readonly timeMs: number
  readonly data: EventDataByType[T]
}

export type AssayEvent = { [T in EventType]: Envelope<T> }[EventType]
export type EventOf<T extends EventType> = Envelope<T>

/** An event with the line it came on: the 0-based line of a file, or the offset in its partition. */
export interface Arrival<E extends AssayEvent = AssayEvent> {
  readonly event: E
  readonly index: number
}
