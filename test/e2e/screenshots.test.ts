import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '@/bin/setup/browser.mjs'
import { type DemoWorld, demoWorld } from '../fixture/demo-world'

/** The pictures of the README, from the demo's story. `ASSAY_SCREENSHOTS=1` writes them to docs/; otherwise they must be there, and their screens still show what they show. */

const docs = resolve(import.meta.dirname, '../../docs')
const writes = process.env.ASSAY_SCREENSHOTS === '1'
const desk = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, colorScheme: 'light' } as const
/** As high as the first screen has something to show. */
const low = { ...desk, viewport: { width: 1440, height: 440 } } as const
const phone = {
  viewport: { width: 390, height: 600 },
  deviceScaleFactor: 2,
  colorScheme: 'dark',
  isMobile: true,
  hasTouch: true,
} as const

let world: DemoWorld
let browser: Browser
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>

beforeAll(async () => {
  world = await demoWorld()
  browser = await chromium.launch({ executablePath: findBrowser() ?? '' })
  const context = await browser.newContext()
  await (await context.newPage()).goto(world.signInLink)
  signedIn = await context.storageState()
  await context.close()
  mkdirSync(docs, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

/** Opens `path`, waits for its parts, and takes or checks the picture. */
async function picture(
  name: string,
  path: string,
  parts: (page: Page) => Promise<void>,
  device: typeof desk | typeof low | typeof phone = desk,
) {
  const context = await browser.newContext({ ...device, reducedMotion: 'reduce', storageState: signedIn })
  const page = await context.newPage()
  await page.goto(world.url + path)
  await parts(page)
  const file = join(docs, `${name}.png`)
  if (writes) {
    // Charts draw after the fonts are there.
    await page.evaluate(() => document.fonts.ready)
    await page.waitForTimeout(500)
    await page.screenshot({ path: file })
  }
  const png = readFileSync(file)
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    device.viewport.width * device.deviceScaleFactor,
    device.viewport.height * device.deviceScaleFactor,
  ])
  await context.close()
}
const shows = (page: Page, text: string | RegExp) =>
  page.getByText(text).first().waitFor({ state: 'visible', timeout: 20_000 })
const alertOf = (kind: string) => world.alerts.find((alert) => alert.kind === kind)

describe('the pictures of the README', () => {
  it('all models, worst first: who needs me', async () => {
    await picture(
      'models',
      '/',
      async (page) => {
        await shows(page, /vendor-7/)
        await shows(page, 'spam')
        await shows(page, 'rain')
      },
      low,
    )
  })

  it('one model: evidence, features, sources', async () => {
    await picture('model', '/models/rain', async (page) => {
      await shows(page, 'visibility')
      await shows(page, 'station-1')
    })
  })

  it('one alert: why, since when, which records', async () => {
    await picture('alert', `/alerts/${encodeURIComponent(alertOf('poison.label_flip')?.id ?? '')}`, async (page) => {
      await shows(page, /vendor-7/)
      await shows(page, /Evidence/)
    })
  })

  it('on a phone, in the dark: who needs me', async () => {
    await picture('phone', '/', (page) => shows(page, /vendor-7/), phone)
  })
})
