// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspect } from './world/inspect'
import { drawn } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world?.stop())

const sentence = 'vendor-7 flips labels: 61 % of its rows disagree with the model, 4 % elsewhere'
/** Each screen, and what of the seeded rows it must show. */
const screens: [path: string, texts: string[]][] = [
  ['/', [sentence, 'temp_max jumped', 'credit']],
  ['/models', ['spam', 'rain', 'credit', 'poisoning']],
  ['/models/spam', ['vendor-7', 'Training feed, labels against the model', '61', 'v19', 'at most 1 false incident']],
  ['/models/rain', ['temp_max', 'humidity', 'Features over time', 'temp_max jumped']],
  ['/models/rain?feature=temp_max', ['Reference and current', 'Over time', '2,000']],
  ['/alerts', [sentence, 'Labels flipped', '3.2 ×']],
  [
    '/alerts/a-flips',
    [
      sentence,
      'Why we believe it',
      '3.2 times the evidence that the promise asks',
      'n 104',
      'http / 0 /',
      't-40090',
      'If this were benign',
    ],
  ],
  ['/alerts/a-jump', ['temp_max jumped', 'Reference against current']],
  ['/incidents', ['Cause', 'spam', 'rain']],
  ['/incidents/i-flips', [sentence, 'Timeline', 'Tasks', 'Held to be: poisoning']],
  ['/tasks', ['Due', 'nobody yet']],
  ['/ingest', ['assay.events', '5,120', 'data.model: expected a string']],
]

it.each(screens)('%s shows what is stored', (path, texts) => inspect(world, path, texts))

it('has a table twin for every chart', async () => {
  const context = await world.visit()
  const page = await context.newPage()
  for (const path of ['/models/rain', '/models/spam', '/alerts/a-jump', '/incidents/i-flips']) {
    await page.goto(path)
    await drawn(page)
    const charts = await page.locator('[data-chart]').count()
    expect(charts).toBeGreaterThan(0)
    const toggles = page.getByRole('button', { name: 'Table', exact: true })
    expect(await toggles.count()).toBe(charts)
    for (let i = 0; i < charts; i++) await toggles.first().click()
    const twins = page.getByRole('region', { name: 'The same numbers' })
    expect(await twins.count()).toBe(charts)
    for (let i = 0; i < charts; i++) expect(await twins.nth(i).locator('tbody tr').count()).toBeGreaterThan(0)
  }
  await context.close()
})

it('says that an address leads nowhere', async () => {
  const context = await world.visit()
  const page = await context.newPage()
  await page.goto('/alerts/a-none')
  expect(await page.locator('h1').innerText()).toBe('There is nothing at this address')
  await context.close()
})

it('shows nothing to who is not signed in, and will bring them back', async () => {
  const context = await world.visit({ storageState: { cookies: [], origins: [] } })
  await context.clearCookies()
  const page = await context.newPage()
  await page.goto('/alerts?status=all')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(new URL(page.url()).searchParams.get('next')).toBe('/alerts?status=all')
  await context.close()
})
