import type { RawMessage } from '@/ingest/taken'

/** Messages of one partition, in its order, as one fetch brought them. */
export interface Delivery {
  readonly topic: string
  readonly partition: number
  /** Where this fetch was told to begin: messages between it and the first one do not exist. */
  readonly from: number
  /** Where the next fetch will begin. */
  readonly to: number
  readonly messages: readonly RawMessage[]
}

/** Where messages come from: Kafka, the HTTP inbox, a file. A source only delivers; what is durable and where to go on is the intake's affair. */
export interface Source {
  readonly name: string
  /** Begins to deliver. Resolves when it does; failures after that go to `intake.fail`. */
  start(intake: Intake): Promise<void>
  /** Delivers nothing more, and lets go of what it holds. */
  stop(): Promise<void>
  /** This partition was read on by someone else, or the batch it was in has failed: ask `intake.position` and deliver from there. */
  reposition(topic: string, partition: number): void
}

/** The other side of the port. */
export interface Intake {
  /** Where to deliver this partition from: behind what was taken already, else what Postgres has; `first` where it has nothing. */
  position(source: Source, topic: string, partition: number, first: number): Promise<number>
  /** Takes a delivery that begins at the position, and resolves when there is room for another. @returns false when it does not begin there: nothing was taken. */
  offer(source: Source, delivery: Delivery): Promise<boolean>
  /** Forgets what was taken of these partitions and is not yet written: they may belong to another worker now. Null: all of the source. */
  drop(source: Source): void
  /** Messages [from, to) are gone before they could be read: they are recorded, and the position moves on. */
  lost(source: Source, topic: string, partition: number, from: number, to: number): Promise<void>
  /** The source cannot go on. */
  fail(error: unknown): void
}
