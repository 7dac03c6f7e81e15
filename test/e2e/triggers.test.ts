// biome-ignore-all lint/performance/useDomNodeTextContent: these ask Playwright for what a person can see, hidden text left out
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, it } from 'vitest'
import { model, triggerStanding } from '@/db/schema'
import { inspect } from './world/inspect'
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

it.each(screens)('%s shows its parts', (path, texts) => inspect(world, path, texts))
