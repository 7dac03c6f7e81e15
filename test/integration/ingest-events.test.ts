import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '@/db/client'
import { eventAt, eventsById } from '@/db/queries/events'
import { decodeMessage } from '@/ingest/decode'
import type { AssayEvent } from '@/lib/event/types'
import { type Harness, harness, training } from './ingest-harness'

let h: Harness
beforeAll(async () => {
  h = await harness()
  await h.worker()
})
afterAll(() => h.end())

const envelope = (type: string, id: string, data: object) =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/round/trip',
    type,
    time: '2026-11-01T09:30:00.123Z',
    data: { model: 'every-field', ...data },
  })

/** Every field of Contract 1, and what is hard to keep. */
const hard = [
  envelope('ml.prediction.v1', 'p1', {
    version: 'v1',
    features: { a: 1, b: 0.1, c: 'x', d: true, e: null },
    prediction: 'ham',
    scores: { ham: 0.9, spam: 0.1 },
    score: 0.1,
    segment: { country: 'DE', n: 1, ok: null },
    entity: 'e-1',
    text: 'Grüße 😀',
    embedding: [0.1, 1 / 3],
    retrieved: ['d1', 'd"2', 'd,{3}'],
    output: 'o',
    probe: 'q1',
  }),
  // Another order, a type that changed, features that came and went, numbers that a float4 would change.
  envelope('ml.prediction.v1', 'p2', {
    version: 'v1',
    features: { e: 'late', c: 3, b: Math.PI, a: 1e300 },
    prediction: 1.25,
  }),
  envelope('ml.prediction.v1', 'p3', { version: 'v2', features: {}, prediction: -0.5, embedding: [] }),
  envelope('ml.prediction.v1', 'p4', {
    version: 'v2',
    features: { '10': 1, '9': 2, z: false, a: null, d: 'true' },
    prediction: 'ham',
  }),
  envelope('ml.prediction.v1', 'p5', {
    version: 'v2',
    features: { long: 'y'.repeat(500), a: -0.0001, b: 5e-324 },
    prediction: 'z'.repeat(300),
  }),
  envelope('ml.label.v1', 'l1', { prediction: 'p1', label: 'spam', labeler: 'ann' }),
  envelope('ml.label.v1', 'l2', { prediction: 'p2', label: 1.5 }),
  envelope('ml.training.v1', 't1', {
    origin: { id: 'vendor-7', kind: 'vendor' },
    features: { a: 212, caps: 0.04 },
    label: 'ham',
    text: 't',
    embedding: [0.5, 0.25],
    labeler: 'bob',
    weight: 0.3,
    batch: 'b1',
    feed: 'f1',
    sequence: 9007199254740991,
    signature: 'c2ln',
    segment: { x: 'y' },
  }),
  envelope('ml.version.v1', 'v1', {
    version: 'v3',
    parent: 'v2',
    batches: ['b1'],
    batchHashes: { b1: 'ab' },
    trainedThrough: '2026-11-01T00:00:00Z',
    artifactSha256: 'ff',
    metrics: { accuracy: 0.91 },
  }),
  envelope('ml.update.v1', 'u1', { round: 3, client: 'c1', update: [0.1, -2, 1e-9] }),
  envelope('ml.document.v1', 'd1', {
    origin: { id: 'wiki', kind: 'crawl' },
    kind: 'rag',
    text: 'doc',
    embedding: [1],
    documentId: 'doc-1',
  }),
  envelope('ml.fact.v1', 'f1', {
    origin: { id: 'kb', kind: 'curator' },
    subject: 's',
    predicate: 'isA',
    object: 'o',
    negated: true,
    retracts: 'f0',
  }),
]

const sent: AssayEvent[] = []

describe('events in Postgres', () => {
  it('are found by topic, partition and offset, and read back exactly', async () => {
    await h.send(hard.map((value) => ({ value })))
    await h.settled(hard.length)
    const { db, close } = connect(h.url, { max: 1 })
    for (const [offset, json] of hard.entries()) {
      const decoded = decodeMessage({ value: Buffer.from(json) })
      if (!decoded.ok) throw new Error(decoded.reason)
      sent.push(decoded.event)
      const found = await eventAt(db, { topic: h.topic, partition: 0, offset })
      expect(found?.event).toEqual(decoded.event)
      expect(found?.seq).toBe(offset)
      const [was, is] = [decoded.event, found?.event].map(
        (event) => (event?.data as { features?: object } | undefined)?.features,
      )
      if (was) expect(Object.keys(is ?? {})).toEqual(Object.keys(was))
    }
    await close()
  })

  it('are found by their id', async () => {
    const { db, close } = connect(h.url, { max: 1 })
    const [model] = await h.sql<{ key: number; id: string }[]>`select key, id from model where id = 'every-field'`
    const found = await eventsById(db, model as { key: number; id: string }, ['p1', 'f1', 'nobody'])
    expect(found.map(({ event }) => event).sort((a, b) => a.id.localeCompare(b.id))).toEqual([sent[11], sent[0]])
    await close()
  })

  it('keep unknown fields, and come in binary mode too', async () => {
    const data = {
      model: 'binary',
      origin: { id: 'o', kind: 'k' },
      features: { a: 1 },
      label: 'x',
      novel: { deep: [1] },
    }
    const before = Number((await h.sql`select count(*) from event`)[0]?.count)
    await h.send([
      {
        value: JSON.stringify(data),
        headers: {
          ce_specversion: '1.0',
          ce_id: 'b-1',
          ce_source: '/bin',
          ce_type: 'ml.training.v1',
          ce_time: '2026-11-01T09:30:00Z',
          'content-type': 'application/json',
        },
      },
    ])
    await h.settled(before + 1)
    const [row] =
      await h.sql`select id, source, origin->>'id' as origin, label, type from event_in_words where model = 'binary'`
    expect(row).toEqual({ id: 'b-1', source: '/bin', origin: 'o', label: 'x', type: 'ml.training.v1' })
    const [kept] = await h.sql`select extra from event where event_id = 'b-1'`
    expect(kept?.extra).toEqual({ unknown: { novel: { deep: [1] } } })
  })

  it('refuses bad input with its reason, bytes and coordinates, and goes on', async () => {
    const [before] = await h.sql`select count(*)::int as n from event`
    const bad: (string | Buffer | null)[] = [
      'not json',
      '[]',
      Buffer.from([0xff, 0xfe]),
      '',
      null,
      training('no-model', { model: undefined }),
      training('wrong-type', { features: [1] }),
      training('unknown-type', {}, { type: 'ml.other.v1' }),
      training('nul', { text: 'a\0b' }),
      training('big', { text: 'x'.repeat(1 << 20) }),
    ]
    const [at] = await h.sql`select next::int as next from ingest_offset where topic = ${h.topic}`
    const values = [training('good-1'), ...bad, training('good-2'), training('good-1', { label: 'spam' })]
    await h.producer.send({ topic: h.topic, messages: values.map((value) => ({ value })), acks: -1 })
    await h.settled(Number(before?.n) + values.length)
    const letters =
      await h.sql`select "offset"::int as "offset", reason, bytes, size::int as size from dead_letter where topic = ${h.topic} order by "offset"`
    expect(letters).toHaveLength(bad.length + 1)
    for (const [i, value] of bad.entries()) {
      const letter = letters[i]
      expect(letter?.offset).toBe(at?.next + 1 + i)
      const bytes = Buffer.from(value ?? '')
      expect(letter?.size).toBe(bytes.length)
      expect(Buffer.compare(letter?.bytes, bytes.subarray(0, 1 << 20))).toBe(0)
    }
    expect(letters.map((letter) => letter.reason)).toEqual([
      expect.stringMatching(/^not JSON/),
      expect.stringMatching(/^expected a CloudEvents/),
      'not UTF-8',
      expect.stringMatching(/^empty/),
      expect.stringMatching(/^empty/),
      expect.stringMatching(/^data\.model/),
      expect.stringMatching(/^data\.features/),
      expect.stringMatching(/^type: unknown/),
      expect.stringMatching(/U\+0000/),
      expect.stringMatching(/^too large/),
      'duplicate: an event with source "/feeds/test" and id "good-1" came before',
    ])
    const [good] = await h.sql`select count(*)::int as n from event where event_id like 'good-%'`
    expect(good?.n).toBe(2)
  })

  it('takes the first of an identity, in one batch or over many', async () => {
    const [before] =
      await h.sql`select (select count(*) from event)::int + (select count(*) from dead_letter)::int as n`
    await h.send(['twice', 'once', 'twice', 'good-2'].map((id, i) => ({ value: training(id, { label: `l${i}` }) })))
    await h.settled(Number(before?.n) + 4)
    const rows = await h.sql`select id, label from event_in_words where id in ('twice', 'once', 'good-2') order by id`
    expect([...rows]).toEqual([
      { id: 'good-2', label: 'ham' },
      { id: 'once', label: 'l1' },
      { id: 'twice', label: 'l0' },
    ])
    // A batch with nothing wrong but an identity of an earlier one.
    await h.send(['late', 'once', 'later'].map((id) => ({ value: training(id) })))
    await h.settled(Number(before?.n) + 7)
    const later = await h.sql`select id from event_in_words where id in ('once', 'late', 'later') order by id`
    expect(later.map(({ id }) => id)).toEqual(['late', 'later', 'once'])
  })
})
