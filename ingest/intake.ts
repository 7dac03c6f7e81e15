import type { Db } from '@/db/client'
import { advanceOverGap, storedOffset } from '@/db/queries/offsets'
import { type Batch, Fenced, MonitorFailed, type Stride } from './batch/batch'
import { BatchSize } from './batch/batch-size'
import { type BatchContext, writeBatch } from './batch/write'
import type { Delivery, Intake, Source } from './source/port'
import { decodeTaken, take } from './taken'
import type { Tally } from './tally'
import { type Lane, WaitingMessages } from './waiting'

export interface IntakeOptions {
  readonly context: BatchContext
  readonly db: Db
  /** Messages of one batch at most. */
  readonly batchRows: number
  readonly batchMs: number
  /** When Postgres takes none of a batch's rows for so long, its connection will never answer. */
  readonly watchdogMs: number
  readonly tally: Tally
  readonly fail: (error: unknown) => void
  readonly fenced: (message: string) => void
  /** A transaction waited too long for rows that another holds. */
  readonly blocked: () => Promise<void>
}

/** Takes what sources deliver as it is, and decodes and writes it in batches, one after the other. */
export function createIntake(options: IntakeOptions): Intake & { flush(): Promise<void>; idle(): boolean } {
  const { context, batchMs, tally } = options
  const lanes = new Map<string, Lane>()
  const waiting = new WaitingMessages()
  const size = new BatchSize(options.batchRows)
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  const room: (() => void)[] = []
  let failed = false

  const laneKey = (topic: string, partition: number) => `${partition}/${topic}`
  /** A batch waits while another is written; more would only grow old. */
  const full = () => waiting.enough(size.rows)

  function makeRoom(): void {
    if (!full() || failed) for (const go of room.splice(0)) go()
  }

  function fail(error: unknown): void {
    failed = true
    makeRoom()
    options.fail(error)
  }

  async function position(source: Source, topic: string, partition: number, first: number): Promise<number> {
    const key = laneKey(topic, partition)
    const lane = lanes.get(key)
    if (lane && lane.source === source && lane.taken !== null) return lane.taken
    const fresh: Lane = { source, topic, partition, taken: null }
    lanes.set(key, fresh)
    // What is being written of this partition must be through before Postgres can tell where it stands.
    await writing?.catch(() => {})
    const stored = await storedOffset(options.db, topic, partition, first)
    if (lanes.get(key) !== fresh) return position(source, topic, partition, first)
    fresh.taken = stored
    return stored
  }

  async function offer(source: Source, delivery: Delivery): Promise<boolean> {
    const { topic, partition, from, to, messages } = delivery
    const lane = lanes.get(laneKey(topic, partition))
    if (!lane || lane.source !== source || lane.taken !== from || failed) return false
    lane.taken = to
    const taken = messages.map((message) => take(topic, partition, message))
    waiting.add(lane, from, to, taken)
    if (full()) startWriting()
    else timer ??= setTimeout(startWriting, batchMs)
    if (full()) await new Promise<void>((go) => room.push(go))
    return true
  }

  function startWriting(): void {
    if (timer) clearTimeout(timer)
    timer = null
    if (writing || waiting.empty || failed) return
    writing = write()
      .catch(fail)
      .finally(() => {
        writing = null
        makeRoom()
        if (full()) startWriting()
        else if (!waiting.empty) timer ??= setTimeout(startWriting, batchMs)
      })
  }

  async function write(): Promise<void> {
    const begun = performance.now()
    const batch = nextBatch()
    const watchdog = setTimeout(
      () => fail(new Error(`a commit has not answered within ${options.watchdogMs} ms`)),
      options.watchdogMs,
    )
    try {
      const { events, refused } = await writeBatch(context, batch, () => watchdog.refresh())
      tally.count(events, refused)
      size.note(batch.messages.length, performance.now() - begun)
    } catch (error) {
      context.memory.clear()
      if (error instanceof MonitorFailed) {
        error.taken.refused = `internal: ${error.message}`
        return waiting.putBack(batch, stillOurs)
      }
      if (!(error instanceof Fenced) && !passing(error)) throw error
      options.fenced(codeOf(error) ?? (error as Error).message)
      if (codeOf(error) === lockNotAvailable) await options.blocked()
      for (const { topic, partition } of batch.strides) restart(topic, partition)
    } finally {
      clearTimeout(watchdog)
    }
  }

  function nextBatch(): Batch {
    const batch = waiting.take(size.rows)
    for (const taken of batch.messages) decodeTaken(taken)
    makeRoom()
    return batch
  }

  /** The lane of what was taken, if nobody began anew since. */
  function stillOurs({ topic, partition, to }: Stride): Lane | null {
    const lane = lanes.get(laneKey(topic, partition))
    return lane && lane.taken !== null && lane.taken >= to ? lane : null
  }

  /** The partition's rows went another way: what waits of it is worth nothing, and its source begins anew where Postgres says. */
  function restart(topic: string, partition: number): void {
    const key = laneKey(topic, partition)
    const lane = lanes.get(key)
    lanes.delete(key)
    forget((one) => one.topic === topic && one.partition === partition)
    lane?.source.reposition(topic, partition)
  }

  function forget(which: (lane: Lane) => boolean): void {
    waiting.forget(which)
    makeRoom()
  }

  return {
    position,
    offer,
    drop(source) {
      for (const [key, lane] of lanes) if (lane.source === source) lanes.delete(key)
      forget((lane) => lane.source === source)
    },
    async lost(source, topic, partition, from, to) {
      await writing?.catch(() => {})
      await advanceOverGap(options.db, { topic, partition, from, to })
      lanes.set(laneKey(topic, partition), { source, topic, partition, taken: to })
    },
    fail,
    async flush() {
      while (!failed && (writing || !waiting.empty)) {
        if (!writing) startWriting()
        await writing
      }
    },
    idle: () => waiting.empty && writing === null,
  }
}

const lockNotAvailable = '55P03'
const deadlock = '40P01'
const serialization = '40001'

/** Two transactions were in each other's way: Postgres has rolled this one back, and it can be tried again. */
function passing(error: unknown): boolean {
  return [lockNotAvailable, deadlock, serialization].includes(codeOf(error) ?? '')
}

/** Postgres' code of an error, which drizzle wraps. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return code ?? cause?.code
}
