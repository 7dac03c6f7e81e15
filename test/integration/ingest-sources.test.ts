import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from '@/db/client'
import { appendInbox, appendRefused } from '@/db/queries/inbox'
import { fileSource } from '@/ingest/source/file'
import { brokers, jars } from '../fixture/services'
import { type Harness, harness, training } from './ingest-harness'

let h: Harness
afterEach(() => h.end())

const codecs = ['gzip', 'snappy', 'lz4', 'zstd']

async function produceInJava(topic: string, codec: string, lines: readonly string[]): Promise<void> {
  const source = new URL('./ProduceCompressed.java', import.meta.url).pathname
  const java = spawn('java', ['-cp', join(jars(), '*'), source, brokers().join(','), topic, codec], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let errors = ''
  java.stderr.on('data', (chunk) => {
    errors += chunk
  })
  java.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const [code] = await once(java, 'exit')
  if (code !== 0) throw new Error(`the Java producer ended with ${code}: ${errors}`)
}

describe('Kafka', () => {
  it('reads every codec that a Java client writes, and those of kafkajs', async () => {
    h = await harness()
    await h.worker()
    for (const codec of codecs) {
      const lines = Array.from({ length: 300 }, (_, i) =>
        training(`java-${codec}-${i}`, { text: `${codec} ${'text '.repeat(i % 50)}` }),
      )
      await produceInJava(h.topic, codec, lines)
    }
    const { GZIP, Snappy, LZ4 } = kafkajs.CompressionTypes
    for (const compression of [GZIP, Snappy, LZ4]) {
      const messages = Array.from({ length: 300 }, (_, i) => ({ value: training(`js-${compression}-${i}`) }))
      await h.producer.send({ topic: h.topic, compression, messages })
    }
    await h.settled(7 * 300)
    const rows =
      await h.sql`select regexp_replace(event_id, '-[^-]*$', '') as via, count(*)::int as n from event group by 1 order by 1`
    expect([...rows]).toEqual(
      [...codecs]
        .map((codec) => `java-${codec}`)
        .concat(`js-${GZIP}`, `js-${Snappy}`, `js-${LZ4}`)
        .sort()
        .map((via) => ({ via, n: 300 })),
    )
  }, 90_000)

  it('is shared by workers side by side, partition by partition, and handed over when one leaves', async () => {
    h = await harness({ partitions: 4 })
    const send = (from: number, count: number) =>
      h.send(
        Array.from({ length: count }, (_, i) => ({
          partition: i % 4,
          value: training(`e-${from + i}`, { model: `m${i % 4}` }),
        })),
      )
    const first = await h.worker()
    await h.worker()
    await send(0, 400)
    await h.settled(400)
    const owners = await h.sql`select owner, count(*)::int as n from ingest_offset where topic = ${h.topic} group by 1`
    expect(owners.map(({ n }) => n)).toEqual([2, 2])
    await first.stop()
    await send(400, 400)
    await h.settled(800)
    const [row] =
      await h.sql`select count(*)::int as n, count(distinct (partition, "offset"))::int as places, count(distinct (model_key, seq))::int as seqs from event`
    expect(row).toEqual({ n: 800, places: 800, seqs: 800 })
  }, 90_000)

  it('lets two workers take turns with a model whose events come on both their partitions', async () => {
    h = await harness({ partitions: 2 })
    await Promise.all([h.worker(), h.worker()])
    for (let round = 0; round < 10; round++) {
      await h.send(
        Array.from({ length: 100 }, (_, i) => ({
          partition: i % 2,
          value: training(`r${round}-${i}`, { features: { [`f${round}`]: i, c: `c${i}` } }),
        })),
      )
    }
    await h.settled(1000)
    const [row] =
      await h.sql`select count(distinct seq)::int as n, min(seq)::int as first, max(seq)::int as last, (select next_seq::int from model) as next from event`
    expect(row).toEqual({ n: 1000, first: 0, last: 999, next: 1000 })
    expect(await h.sql`select distinct owner from ingest_offset where topic = ${h.topic}`).toHaveLength(2)
  }, 90_000)
})

describe('without a broker', () => {
  it('takes events from the HTTP inbox, in their order, beside lines that were refused at the door', async () => {
    h = await harness()
    await h.worker({ config: { kafkaBrokers: 'none' } })
    const { db, close } = connect(h.url, { max: 2 })
    await db.transaction((tx) =>
      appendInbox(
        tx,
        [training('h-0'), training('h-1')].map((line) => Buffer.from(line)),
      ),
    )
    await db.transaction((tx) => appendRefused(tx, [{ bytes: Buffer.from('nonsense'), reason: 'not JSON' }]))
    await db.transaction((tx) => appendInbox(tx, [Buffer.from(training('h-2')), Buffer.from('{')]))
    await close()
    await h.settled(5)
    const rows =
      await h.sql`select "offset"::int as "offset", event_id as what from event where topic = 'http' union all select "offset"::int, reason from dead_letter where topic = 'http' order by 1`
    expect(rows.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4])
    expect(rows.map(({ what }) => what).slice(0, 4)).toEqual(['h-0', 'h-1', 'not JSON', 'h-2'])
  })

  it('takes a file, line by line', async () => {
    h = await harness()
    const folder = mkdtempSync(join(tmpdir(), 'assay-file-'))
    const path = join(folder, 'events.ndjson')
    writeFileSync(
      path,
      `${Array.from({ length: 5000 }, (_, i) => (i === 17 ? 'broken' : training(`f-${i}`))).join('\n')}\n`,
    )
    const file = fileSource(path)
    await h.worker({ sources: [file] })
    await file.done
    await h.settled(5000)
    rmSync(folder, { recursive: true })
    const [row] =
      await h.sql`select count(*)::int as n, max("offset")::int as last from event where topic = 'file:events.ndjson'`
    expect(row).toEqual({ n: 4999, last: 4999 })
    const [letter] = await h.sql`select "offset"::int as "offset" from dead_letter`
    expect(letter?.offset).toBe(17)
  })
})
