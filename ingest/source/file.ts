import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { splitLines } from '@/ingest/lines'
import type { RawMessage } from '@/ingest/taken'
import type { Intake, Source } from './port'

const linesPerDelivery = 2000

/** An NDJSON file, once from its first line to its last: topic `file:<name>`, partition 0, offset = 0-based line. `done` resolves when it was taken whole. */
export function fileSource(path: string): Source & { readonly done: Promise<void> } {
  const topic = `file:${basename(path)}`
  let stopped = false
  let restart = false
  let finish: () => void = () => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })

  const source = {
    name: topic,
    done,
    async start(intake: Intake) {
      read(intake).catch((error) => intake.fail(error))
    },
    async stop() {
      stopped = true
    },
    reposition() {
      restart = true
    },
  }

  async function read(intake: Intake): Promise<void> {
    do {
      restart = false
      await once(intake)
    } while (restart && !stopped)
    finish()
  }

  async function once(intake: Intake): Promise<void> {
    let next = await intake.position(source, topic, 0, 0)
    let line = -1
    let messages: RawMessage[] = []
    const offer = async () => {
      if (messages.length === 0) return
      const to = next + messages.length
      if (!(await intake.offer(source, { topic, partition: 0, from: next, to, messages }))) restart = true
      next = to
      messages = []
    }
    for await (const part of splitLines(createReadStream(path))) {
      if (stopped || restart) return
      if (++line < next + messages.length) continue
      // A line too long to be taken is told apart by its size alone: its bytes were never held.
      messages.push({ offset: line, value: 'bytes' in part ? part.bytes : Buffer.alloc((1 << 20) + 1) })
      if (messages.length >= linesPerDelivery) await offer()
    }
    await offer()
  }

  return source
}
