// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evidenceSample, sourceStanding } from '@/db/schema'
import { runWorker } from '@/ingest/main'
import { seeded } from '@/lib/demo/seeded'
import { inspect } from './world/inspect'
import { at, from, hour, iso, until } from './world/time'
import { startWorld, type World } from './world/world'

const hands = Array.from({ length: 14 }, (_, i) => `acct-${i + 10}`)
const n = 300
let world: World

/** Rows of mail, one label in twelve turned. */
function lines(): string {
  const uniform = seeded(9)
  return Array.from({ length: n }, (_, i) => {
    const isSpam = uniform() < 0.4
    const mood = isSpam ? 'win a free prize now' : 'see you at the office'
    const text = `${mood} ${Math.floor(90 * uniform())}`
    const features = { len: text.length, links: isSpam ? 1 + Math.floor(4 * uniform()) : 0 }
    const label = (i % 12 === 5 ? !isSpam : isSpam) ? 'spam' : 'ham'
    const data = { model: 'mail', origin: { id: `vendor-${i % 5}`, kind: 'vendor' }, features, text, label }
    const time = iso(from + (i * 40 * hour) / n)
    return JSON.stringify({
      specversion: '1.0',
      id: `m-${i}`,
      source: '/feeds/mail',
      type: 'ml.training.v1',
      time,
      data,
    })
  }).join('\n')
}

beforeAll(async () => {
  world = await startWorld({})
  const sender = await world.visit()
  const answer = await sender.request.post('/api/v1/events', {
    data: lines(),
    headers: { 'content-type': 'application/x-ndjson', origin: world.url },
  })
  expect(answer.status()).toBe(202)
  await sender.close()
  const worker = await runWorker({
    databaseUrl: world.databaseUrl,
    kafkaBrokers: 'none',
    kafkaTopics: [],
    kafkaGroupId: 'e2e',
    batchRows: 500,
    batchMs: 50,
    snapshotEvents: 1000,
    logLevel: 'silent',
  })
  for (let i = 0; i < 600; i++) {
    const [row] = await world.connection.sql<
      { n: number }[]
    >`select count(*)::int as n from event where event_id like 'm-%'`
    if (row?.n === n) break
    await new Promise((done) => setTimeout(done, 50))
  }
  await worker.stop()
  const [mail] = await world.connection.sql<{ key: number }[]>`select key from model where id = 'mail'`
  const modelKey = mail?.key ?? 0
  const { db } = world.connection
  await db.delete(evidenceSample)
  const sample = {
    modelKey,
    seq: 1e6,
    at: at(until),
    kind: 'poison.label_flip' as const,
    threshold: 14,
    effect: 0.3,
    n: 84,
  }
  await db.insert(evidenceSample).values([
    { ...sample, unit: 'sybils born=acct-10', subject: { origins: hands }, logE: 12 },
    {
      ...sample,
      unit: 'sybils copies=vendor-2',
      subject: { origins: ['vendor-2', 'vendor-3', 'acct-12'] },
      logE: 3,
      n: 40,
    },
  ])
  const standing = {
    modelKey,
    originKind: 'user',
    seq: 1e6,
    at: at(until),
    logE: 1,
    threshold: 14,
    expected: 1,
    disagreements: 2,
  }
  await db
    .insert(sourceStanding)
    .values(
      hands.map((origin) => ({
        ...standing,
        origin,
        rows: 6,
        state: 'learning' as const,
        influence: 0.01,
        reach: 0.3,
      })),
    )
    .onConflictDoNothing()
})
afterAll(async () => world?.stop())

const screens: [path: string, texts: string[]][] = [
  [
    '/models/mail/sources',
    ['Sources that look like one hand', '14 sources that were first seen at about the same time', 'and 2 more'],
  ],
  [
    '/models/mail/sources/acct-12',
    ['Looks like one hand with', 'repeat one another', 'Its next row', 'would be let in'],
  ],
  ['/models/mail/suspects?view=back', ['300 rows', 'a learner of the other rows', 'Rank again', 'as CSV']],
  ['/models/spam/suspects?view=back', ['cannot be ranked', 'all of these rows have one label']],
]

it.each(screens)('%s shows its parts', (path, texts) => inspect(world, path, texts))

it('ranks rows again looking back, narrows them to a source, and hands them over as CSV', async () => {
  const context = await world.visit({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto('/models/mail/suspects')
  await page.getByText('looking back').click()
  await page.waitForURL(/view=back/)
  const table = page.getByRole('table', { name: 'Rows ranked looking back' })
  await table.waitFor()
  // One row in twelve was turned; the first twenty hold nearly nothing else.
  const ids = await table
    .getByRole('button', { name: /Raw event/ })
    .evaluateAll((all) =>
      all.slice(0, 20).map((button) => Number(/m-(\d+)/.exec(button.getAttribute('aria-label') ?? '')?.[1])),
    )
  expect(ids.filter((i) => i % 12 === 5).length).toBeGreaterThanOrEqual(17)
  const waiting = page.waitForEvent('download')
  await page.getByText('as CSV').click()
  expect((await waiting).suggestedFilename()).toBe('suspects.csv')
  await page.getByLabel('Source').selectOption('vendor-2')
  await page.waitForURL(/origin=vendor-2/)
  await table.waitFor()
  await page.getByRole('button', { name: 'Rank again' }).click()
  await table.waitFor()
  await context.close()
})
