import type { Db } from '@/db/client'
import { advanceOverGap, storedOffset } from '@/db/queries/offsets'
import { type Batch, Fenced, MonitorFailed, type Stride } from './batch/batch'
import { type BatchContext, writeBatch } from './batch/write'
import type { Delivery, Intake, Source } from './source/port'
import { decodeTaken, type Taken, take } from './taken'
import type { Tally } from './tally'

export interface IntakeOptions {
  readonly context: BatchContext
  readonly db: Db
  readonly batchRows: number
  readonly batchMs: number
  /** A commit that takes longer means a connection that will never answer. */
  readonly watchdogMs: number
  readonly tally: Tally
  readonly fail: (error: unknown) => void
  readonly fenced: (message: string) => void
  /** A transaction waited too long for rows that another holds. */
  readonly blocked: () => Promise<void>
}

/** A partition as this worker reads it. */
interface Lane {
  readonly source: Source
  readonly topic: string
  readonly partition: number
  /** Position behind what was taken; null until Postgres was asked. */
  taken: number | null
}

/** One delivery, or what is left of it, waiting to be written. */
interface Waiting {
  readonly lane: Lane
  from: number
  readonly to: number
  readonly messages: Taken[]
  next: number
}

/** Takes what sources deliver as it is, and decodes and writes it in batches, one after the other. */
export function createIntake(options: IntakeOptions): Intake & { flush(): Promise<void>; idle(): boolean } {
  const { context, batchRows, batchMs, tally } = options
  const lanes = new Map<string, Lane>()
  let queue: Waiting[] = []
  let waitingRows = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  const room: (() => void)[] = []
  let failed = false

  const laneKey = (topic: string, partition: number) => `${partition}/${topic}`
  /** A batch waits while another is written; more would only grow old. */
  const full = () => waitingRows >= batchRows

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
    const takenNow = messages.map((message) => take(topic, partition, message))
    queue.push({ lane, from, to, messages: takenNow, next: 0 })
    waitingRows += takenNow.length
    if (waitingRows >= batchRows) startWriting()
    else timer ??= setTimeout(startWriting, batchMs)
    if (full()) await new Promise<void>((go) => room.push(go))
    return true
  }

  function startWriting(): void {
    if (timer) clearTimeout(timer)
    timer = null
    if (writing || queue.length === 0 || failed) return
    writing = write()
      .catch(fail)
      .finally(() => {
        writing = null
        makeRoom()
        if (waitingRows >= batchRows) startWriting()
        else if (queue.length > 0) timer ??= setTimeout(startWriting, batchMs)
      })
  }

  async function write(): Promise<void> {
    const batch = nextBatch()
    const watchdog = setTimeout(
      () => fail(new Error(`a commit has not answered within ${options.watchdogMs} ms`)),
      options.watchdogMs,
    )
    try {
      const { events, refused } = await writeBatch(context, batch)
      tally.count(events, refused)
    } catch (error) {
      context.memory.clear()
      if (error instanceof MonitorFailed) {
        error.taken.refused = `internal: ${error.message}`
        return putBack(batch)
      }
      if (!(error instanceof Fenced) && !passing(error)) throw error
      options.fenced(codeOf(error) ?? (error as Error).message)
      if (codeOf(error) === lockNotAvailable) await options.blocked()
      for (const { topic, partition } of batch.strides) restart(topic, partition)
    } finally {
      clearTimeout(watchdog)
    }
  }

  /** Up to `batchRows` messages from the head of the queue, in order, decoded. */
  function nextBatch(): Batch {
    const messages: Taken[] = []
    const strides = new Map<Lane, { -readonly [K in keyof Stride]: Stride[K] }>()
    while (queue.length > 0 && messages.length < batchRows) {
      const waiting = queue[0] as Waiting
      const until = Math.min(waiting.messages.length, waiting.next + batchRows - messages.length)
      for (let i = waiting.next; i < until; i++) {
        const taken = waiting.messages[i] as Taken
        decodeTaken(taken)
        messages.push(taken)
      }
      const whole = until === waiting.messages.length
      const to = whole ? waiting.to : (waiting.messages[until] as Taken).offset
      const stride = strides.get(waiting.lane)
      if (stride) stride.to = to
      else
        strides.set(waiting.lane, {
          topic: waiting.lane.topic,
          partition: waiting.lane.partition,
          from: waiting.from,
          to,
        })
      waiting.next = until
      waiting.from = to
      if (whole) queue.shift()
    }
    waitingRows -= messages.length
    makeRoom()
    return { messages, strides: [...strides.values()] }
  }

  /** Puts a batch that was rolled back to the head of the queue, to be written again. */
  function putBack(batch: Batch): void {
    const again: Waiting[] = []
    for (const { topic, partition, from, to } of batch.strides) {
      const lane = lanes.get(laneKey(topic, partition))
      const messages = batch.messages.filter((taken) => taken.topic === topic && taken.partition === partition)
      if (lane && lane.taken !== null && lane.taken >= to) again.push({ lane, from, to, messages, next: 0 })
    }
    for (const waiting of again) waitingRows += waiting.messages.length
    queue = [...again, ...queue]
  }

  /** The partition's rows went another way: what waits of it is worth nothing, and its source begins anew where Postgres says. */
  function restart(topic: string, partition: number): void {
    const key = laneKey(topic, partition)
    const lane = lanes.get(key)
    lanes.delete(key)
    forget((waiting) => waiting.lane.topic === topic && waiting.lane.partition === partition)
    lane?.source.reposition(topic, partition)
  }

  function forget(which: (waiting: Waiting) => boolean): void {
    queue = queue.filter((waiting) => !which(waiting))
    waitingRows = queue.reduce((rows, waiting) => rows + waiting.messages.length - waiting.next, 0)
    makeRoom()
  }

  return {
    position,
    offer,
    drop(source) {
      for (const [key, lane] of lanes) if (lane.source === source) lanes.delete(key)
      forget((waiting) => waiting.lane.source === source)
    },
    async lost(source, topic, partition, from, to) {
      await writing?.catch(() => {})
      await advanceOverGap(options.db, { topic, partition, from, to })
      lanes.set(laneKey(topic, partition), { source, topic, partition, taken: to })
    },
    fail,
    async flush() {
      while (!failed && (writing || queue.length > 0)) {
        if (!writing) startWriting()
        await writing
      }
    },
    idle: () => queue.length === 0 && writing === null,
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
