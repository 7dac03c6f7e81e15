// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inspect } from './world/inspect'
import { drawn } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld({ shop: true })
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
  [
    '/models/shop',
    [
      'Features over time',
      'Errors over time',
      'Share of wrong predictions',
      'region',
      'south',
      'The promise, kept or not',
    ],
  ],
  ['/models/shop?feature=amount', ['Reference and current', 'Segments that carry it', 'Its part']],
  ['/alerts/a-region', ['amount rose in region south', 'Segments that carry it']],
  ['/models/shop/backtest', ['Configuration', 'Run over the past', '6,000 stored events']],
  ['/models/credit/backtest', ['Run over the past']],
]

it.each(screens)('%s shows what the engine knows', (path, texts) => inspect(world, path, texts))

it('runs a backtest from the form, and shows its alarms beside what live raised', async () => {
  const page = await open('/models/shop/backtest')
  await page.getByLabel('Length of the period').fill('5000')
  await page.getByLabel('Unit of the period').selectOption('events')
  await page.getByRole('button', { name: 'Run over the past' }).click()
  await page.waitForURL(/run=b-/)
  await page.getByRole('heading', { name: 'Result' }).waitFor({ timeout: 30_000 })
  await drawn(page)
  const text = await page.getByRole('main').innerText()
  expect(text).toContain('false incidents')
  expect(text).toContain('in 5,000 events')
  expect(text).toContain('Live raised')
  expect(text).toContain('1 in 5,000 events · baseline 2,000 · season auto')
  const [stays] = await world.connection.sql<
    { n: number }[]
  >`select count(*)::int as n from backtest where state = 'done'`
  expect(stays?.n).toBe(1)
  await page.reload()
  await page.getByRole('heading', { name: 'Result' }).waitFor()
  await page.context().close()
})

it('moves over the cells of the heat map by keys, tells what is there, and opens the feature', async () => {
  const page = await open('/models/shop')
  const cells = page.getByRole('application')
  await cells.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Home')
  const told = page.locator('[aria-live="polite"]').filter({ hasText: 'rows moved' })
  await told.waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await told.innerText()).toMatch(/n \d+/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/feature=/)
  await page.getByRole('dialog').getByText('Reference and current').waitFor()
  await page.context().close()
})

it('adopts a level as the new normal once its incident is closed, and takes it back', async () => {
  // A segment has no level of its own to adopt; the whole feature has.
  const of = await open('/alerts/a-region')
  await of.getByText('amount rose in region south').first().waitFor()
  expect(await of.getByRole('button', { name: 'This is the new normal…' }).count()).toBe(0)
  await of.context().close()
  await world.connection.sql`update alert set subject = '{"feature":"amount"}' where id = 'a-region'`
  const page = await open('/alerts/a-region')
  const button = page.getByRole('button', { name: 'This is the new normal…' })
  expect(await button.isDisabled()).toBe(true)
  // Every incident that is open over it is closed first; this one as real, on its page.
  await world.connection
    .sql`update incident set state = 'resolved', resolved_at = now() where model_key = (select key from model where id = 'shop') and id <> 'i-region'`
  await page.goto('/incidents/i-region')
  await page.getByRole('button', { name: 'Resolve…' }).click()
  await page.getByText('it was real').click()
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await page.getByText(/Incident \d+ resolved/).waitFor()
  await page.goto('/alerts/a-region')
  await button.click()
  await page.getByLabel('Why? (optional)').fill('a new till')
  await page.getByRole('button', { name: 'Adopt', exact: true }).click()
  await page.getByText('Adopted as the new normal', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await button.waitFor()
  const rows = await world.connection.sql<{ note: string; back: boolean }[]>`
    select note, withdrawn_at is not null as back from baseline_decision`
  expect(rows).toEqual([{ note: 'a new till', back: true }])
  const [incident] = await world.connection.sql<
    { resolution: string }[]
  >`select resolution from incident where id = 'i-region'`
  expect(incident?.resolution).toBe('real')
  await page.context().close()
})
