// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sourceStanding } from '@/db/schema'
import { seeded } from '@/lib/demo/seeded'
import { inspect } from './world/inspect'
import { drawn } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld({})
  await world.connection.db
    .update(sourceStanding)
    .set({
      influence: 0.42,
      reach: 1.9,
      counterfactual: {
        metric: 'recall',
        class: 'spam',
        with: 0.91,
        without: 0.94,
        ci: [0.92, 0.95],
        gain: { value: 0.03, ci: [0.01, 0.05] },
        n: 410,
        golden: true,
        removed: 104,
        share: 0.02,
        loss: [0.31, 0.25],
      },
    })
    .where(eq(sourceStanding.origin, 'vendor-7'))
})
afterAll(async () => world?.stop())

async function open(path: string, size = { width: 1440, height: 900 }) {
  const context = await world.visit({ viewport: size })
  const page = await context.newPage()
  await page.goto(path)
  await drawn(page)
  return page
}

const screens: [path: string, texts: string[]][] = [
  ['/models/spam/sources', ['vendor-7', 'golden recall of spam .91 → .94', 'Share against influence']],
  ['/models/spam/sources/vendor-7', ['Without vendor-7, golden recall of spam is .94', 'Caps', 'Looks at its rows']],
  ['/models/spam/suspects', ['vendor-7', 'Topic / partition / offset']],
  ['/models/spam/golden', ['There is no golden set yet', 'Propose']],
  ['/models/credit/sources', ['No source has contributed yet']],
  ['/models/credit/suspects', ['No training row looks suspicious']],
]

it.each(screens)('%s shows its parts', (path, texts) => inspect(world, path, texts))

it('narrows the sources by the URL, and leads to one of them', async () => {
  const page = await open('/models/spam/sources')
  await page.getByLabel('Name or kind').fill('vendor-7')
  await page.waitForURL(/q=vendor-7/)
  await page.getByLabel('Order').selectOption('share')
  await page.waitForURL(/sort=share/)
  const table = page.getByRole('table', { name: 'Sources' })
  expect(await table.locator('tbody tr').count()).toBe(1)
  await table.getByRole('link').first().click()
  await page.waitForURL(/sources\/vendor-7/)
  await page.getByLabel('Rows right').fill('20')
  await page.getByLabel('Rows wrong').fill('1')
  await page.getByRole('button', { name: 'Write down' }).click()
  await page.getByRole('table', { name: 'Looks at its rows, latest first' }).waitFor()
  await page.getByText('n 21 looked at by people').waitFor()
  await page.context().close()
})

it('takes a golden set in, and wants a second person for it', async () => {
  const uniform = seeded(3)
  const lines = Array.from({ length: 400 }, () => {
    const len = Math.round(uniform() * 200)
    return JSON.stringify({ features: { len }, label: len > 100 ? 'spam' : 'ham', segment: { lang: 'en' } })
  })
  const page = await open('/models/spam/golden')
  await page
    .getByLabel('NDJSON file of trusted rows')
    .setInputFiles({ name: 'golden.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(lines.join('\n')) })
  await page.getByRole('button', { name: 'Propose' }).click()
  await page.getByRole('heading', { name: 'Waits for a second person' }).waitFor({ timeout: 20_000 })
  await page.getByText('of its labels are wrong').waitFor()
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('a second person must').waitFor()
  // As if the first one had been somebody else.
  await world.connection.sql`update golden_set set proposed_by_id = 'user/other', proposed_by = 'ana@example.org'`
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('heading', { name: 'Counts now' }).waitFor()
  await page.getByText('the next event of the model').waitFor()
  await page.context().close()
})
