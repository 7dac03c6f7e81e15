// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jump } from './world/findings'
import { drawn } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => world?.stop())

async function open(path: string) {
  const context = await world.visit()
  const page = await context.newPage()
  await page.goto(path)
  await drawn(page)
  return page
}
const stateOf = async (id: string): Promise<string | undefined> => {
  const [row] = await world.connection.sql<{ state: string }[]>`select state from alert where id = ${id}`
  return row?.state
}

it('shows a new alert without a reload', async () => {
  const page = await open('/')
  await page.evaluate(() => Object.assign(window, { stillHere: true }))
  await world.raise(jump('late', 'humidity'))
  await page
    .getByText(/humidity jumped/)
    .first()
    .waitFor({ timeout: 10_000 })
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true)
})

it('keeps filter, range and open sheet over a reload', async () => {
  const alerts = await open('/alerts?status=all&model=rain')
  expect(await alerts.getByText(/vendor-7 flips/).count()).toBe(0)
  await alerts.reload()
  expect(await alerts.getByLabel('Model', { exact: true }).inputValue()).toBe('rain')
  await expect.poll(() => alerts.getByRole('radio', { name: 'all' }).isChecked()).toBe(true)

  const model = await open('/models/rain')
  await model.getByRole('button', { name: /temp_max/ }).click()
  await model.getByRole('dialog').getByText('Reference and current').waitFor()
  await model.waitForURL(/feature=temp_max/)
  await model.reload()
  await model.getByRole('dialog').getByText('Reference and current').waitFor()
  await model.keyboard.press('Escape')
  await model.waitForURL((url) => !url.search.includes('feature'))

  await model.getByRole('button', { name: /Time range/ }).click()
  await model.getByRole('menuitemradio', { name: 'last 24 h' }).click()
  await model.waitForURL(/last=24h/)
  await model.reload()
  await model.getByRole('button', { name: 'Time range: last 24 h' }).waitFor()
})

it('sets the range in the URL when a strip is brushed', async () => {
  const page = await open('/models/rain')
  const chart = await page.locator('[data-chart]').first().boundingBox()
  if (!chart) throw new Error('no chart')
  const y = chart.y + chart.height / 2
  await page.mouse.move(chart.x + chart.width * 0.5, y)
  await page.mouse.down()
  await page.mouse.move(chart.x + chart.width * 0.6, y, { steps: 4 })
  await page.mouse.move(chart.x + chart.width * 0.75, y, { steps: 4 })
  await page.mouse.up()
  await page.waitForURL(/from=2026-11-19T11/)
  expect(new URL(page.url()).searchParams.get('to')).toMatch(/^2026-11-19T23/)
})

it('is worked by keys: move, open, acknowledge, and back', async () => {
  const page = await open('/alerts?model=spam')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/alerts\/a-flips/)
  await page.goBack()
  await page
    .getByText(/vendor-7 flips/)
    .first()
    .waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await page.getByText('1 alert acknowledged').waitFor()
  expect(await stateOf('a-flips')).toBe('acknowledged')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Back to firing').waitFor()
  expect(await stateOf('a-flips')).toBe('firing')
})

it('acknowledges several alerts at once', async () => {
  await world.raise(jump('bulk', 'wind'))
  const page = await open('/alerts?kind=drift.feature')
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: /^Acknowledge \d+ alerts$/ }).click()
  await page.getByText(/alerts acknowledged/).waitFor()
  expect([await stateOf('a-jump'), await stateOf('a-bulk')]).toEqual(['acknowledged', 'acknowledged'])
})

it('snoozes and resolves an alert from its page', async () => {
  const page = await open('/alerts/a-bulk')
  await page.getByRole('button', { name: 'Snooze' }).click()
  await page.getByRole('menuitem', { name: 'For 4 h' }).click()
  await page.getByText('Snoozed for 4 h').waitFor()
  expect(await stateOf('a-bulk')).toBe('snoozed')
  await page.getByRole('button', { name: 'Resolve' }).click()
  await page.getByText('Resolved', { exact: true }).waitFor()
  expect(await stateOf('a-bulk')).toBe('resolved')
})

it('shows a row with its coordinates, and spells out what it hides', async () => {
  const page = await open('/alerts/a-flips')
  await page.getByRole('button', { name: /Raw event t-40091/ }).click()
  const sheet = page.getByRole('dialog')
  expect(await sheet.innerText()).toMatch(/partition 0, offset \d+/)
  expect(await sheet.innerText()).toContain('U+202E')
  expect(await sheet.innerText()).toContain('<script>')
  expect(await page.title()).not.toBe('owned')
})

it('works a task where it stands: takes it, does it with evidence, takes that back', async () => {
  const page = await open('/incidents/i-flips')
  const task = page.locator('li[data-state]').first()
  await task.getByRole('button', { name: 'Start' }).click()
  await page.locator('li[data-state="doing"]').first().waitFor()
  await task.getByRole('button', { name: 'Done…' }).click()
  await task.getByLabel('What shows that it is done?').fill('62 rows held, control message c-118')
  await task.getByRole('button', { name: 'Mark as done' }).click()
  await page.locator('li[data-state="done"]').first().waitFor()
  await page
    .getByText(/62 rows held/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Open again').waitFor()
  await page.locator('li[data-state="todo"]').first().waitFor()
})

it('keeps the chosen theme, painted by the server', async () => {
  const page = await open('/')
  await page.getByRole('button', { name: /^Theme/ }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
  const html = await (await page.request.get('/')).text()
  expect(html).toMatch(/<html[^>]*data-theme="dark"/)
})

it('leads to the password from the account menu', async () => {
  const page = await open('/')
  await page.getByRole('button', { name: /^Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Password…' }).click()
  await page.waitForURL(/\/password$/)
})
