// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedModel } from './world/seed'
import { complaints, overflow } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld({ empty: true })
})
afterAll(async () => world?.stop())

it.each(['/', '/models', '/alerts', '/incidents', '/tasks', '/ingest'])(
  '%s teaches when there is nothing, on a phone too',
  async (path) => {
    const context = await world.visit({ viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    const said = complaints(page)
    await page.goto(path)
    expect(await page.locator('main h2').count()).toBeGreaterThan(0)
    expect(await overflow(page)).toBe(0)
    expect(said).toEqual([])
    await context.close()
  },
)

it('gives the command with the reader’s own address, and turns into the dashboard by itself', async () => {
  const context = await world.visit()
  const page = await context.newPage()
  await page.goto('/')
  expect(await page.getByRole('main').locator('pre').innerText()).toContain(`curl -X POST ${world.url}/api/v1/events`)
  await seedModel(world.connection.db, { id: 'first', task: 'classification' })
  await world.connection.sql`select pg_notify('assay', '{"model":"first","what":["models"]}')`
  await page.getByRole('link', { name: 'first', exact: true }).waitFor({ timeout: 10_000 })
  await context.close()
})
