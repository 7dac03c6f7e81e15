// biome-ignore-all lint/performance/useDomNodeTextContent: asks Playwright for what a person can see, hidden text left out
import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { complaints, drawn, overflow } from './watch'
import type { World } from './world'

const widths = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const themes = ['light', 'dark'] as const

/**
 * One screen as anybody may meet it, desk and phone, light and dark: it shows `texts`, complains of nothing, can be used by everyone (axe: nothing serious) and
 * does not scroll sideways. Where `ASSAY_PICTURES` names a folder, all four are left there to be looked at.
 */
export async function inspect(world: World, path: string, texts: string[]): Promise<void> {
  const context = await world.visit({ viewport: widths.desk })
  const page = await context.newPage()
  const said = complaints(page)
  await page.goto(path)
  await drawn(page)
  // What is read once the page is there comes late; what never comes fails below, with the page's text.
  const all = (wanted: string[]) => wanted.every((text) => document.body.innerText.includes(text))
  await page.waitForFunction(all, texts, { timeout: 15_000 }).catch(() => {})
  const text = await page.locator('body').innerText()
  for (const expected of texts) expect(text).toContain(expected)
  for (const [width, size] of Object.entries(widths)) {
    await page.setViewportSize(size)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      expect(await serious(page), `${path} ${width} ${theme}`).toEqual([])
      await picture(page, path, `${width}-${theme}`)
    }
    expect(await overflow(page), `${path} ${width}: pixels too wide`).toBe(0)
  }
  expect(said).toEqual([])
  await context.close()
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
}

async function picture(page: Page, path: string, how: string): Promise<void> {
  const folder = process.env.ASSAY_PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const name = path === '/' ? 'now' : path.slice(1).replaceAll(/[/?=&]/g, '-')
  // Charts are drawn anew for another width.
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${folder}/${name}-${how}.png`, fullPage: true })
}
