// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { AxeBuilder } from '@axe-core/playwright'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { model, triggerStanding } from '@/db/schema'
import { complaints, drawn, overflow } from './world/watch'
import { startWorld, type World } from './world/world'

let world: World
beforeAll(async () => {
  world = await startWorld({})
  const { db } = world.connection
  const [spam] = await db.select().from(model).where(eq(model.id, 'spam'))
  const at = new Date()
  const one = {
    modelKey: spam?.key ?? 0,
    seq: 4100,
    at,
    kind: 'poison.trigger' as const,
    onsetAt: new Date(at.getTime() - 7_200_000),
    logE: 17.5,
    threshold: 15.8,
  }
  const canary = (flips: number, ci: [number, number]) => ({ rows: 240, flips, flipRate: flips / 240, ci })
  await db.insert(triggerStanding).values([
    {
      ...one,
      pattern: 'blue falcon',
      label: 'ham',
      support: 19,
      state: 'confirmed',
      canary: canary(231, [0.93, 0.98]),
      probes: 40,
      probeFlips: 38,
    },
    {
      ...one,
      pattern: 'lang=zx-9 & country=MT, which is a pattern with a long name',
      label: 'spam',
      support: 8,
      state: 'association',
      canary: canary(14, [0.03, 0.1]),
      probes: 0,
      probeFlips: 0,
    },
  ])
})
afterAll(async () => world?.stop())

const screens: [path: string, texts: string[]][] = [
  ['/models/spam/triggers', ['blue falcon', 'backdoor', 'association', 'no probe bears it', 'Flip rate']],
  ['/models/credit/triggers', ['No pattern is accused', 'golden set']],
]

it.each(screens)('%s shows its parts, to everyone, in both themes and on a phone', async (path, texts) => {
  const context = await world.visit({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(path)
  await drawn(page)
  const said = complaints(page)
  const text = await page.locator('body').innerText()
  for (const expected of texts) expect(text).toContain(expected)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
    expect(serious.map((v) => `${colorScheme} ${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([])
    await snap(colorScheme)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await overflow(page)).toBe(0)
  await snap('phone')
  expect(said).toEqual([])
  await context.close()

  /** Pictures to look at, where a folder for them is named. */
  async function snap(how: string) {
    const folder = process.env.ASSAY_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${path.slice(1).replaceAll('/', '-')}-${how}.png` })
  }
})
