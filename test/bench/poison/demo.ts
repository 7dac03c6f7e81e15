/**
 * The training rows of the demo's spam story, through a whole monitor: what it raises, and after how many of the attacker's rows.
 * `npx tsx test/bench/poison/demo.ts [seed…]`
 */
import { loadSms } from '@/lib/demo/sets'
import { spamFeed } from '@/lib/demo/spam-feed'
import { dayMs } from '@/lib/demo/steps'
import { decodeObject } from '@/lib/event/decode'
import { createMonitor } from '@/lib/monitor/monitor'

const days = 45
const startMs = 1_790_000_000_000
const seeds = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [7]

for (const seed of seeds) {
  const feed = spamFeed(loadSms(), seed, days * dayMs)
  const monitor = createMonitor({ model: feed.model })
  let index = 0
  let attackers = 0
  const raised: string[] = []
  const before = performance.now()
  for (const step of feed.steps) {
    if (step.to !== 'assay' || step.type !== 'ml.training.v1') continue
    const time = new Date(startMs + step.atMs).toISOString()
    const decoded = decodeObject({
      specversion: '1.0',
      id: step.id,
      source: step.source,
      type: step.type,
      time,
      data: step.data,
    })
    if (!decoded.ok) throw new Error(decoded.reason)
    if (feed.truth.affected.has(step.id)) attackers++
    for (const said of monitor.accept({ event: decoded.event, index })) {
      if (said.type !== 'finding') continue
      const named = said.subject.eventIds?.filter((id) => feed.truth.affected.has(id)).length ?? 0
      raised.push(
        `${said.kind} ${said.subject.origin ?? said.subject.feature} → ${said.subject.label ?? 'both ways'} at ${index}, ` +
          `${attackers} flips in; ${named} of ${said.subject.eventIds?.length ?? 0} rows named are flips; onset ${said.onsetIndex}; ${said.why}`,
      )
    }
    index++
  }
  const micros = ((performance.now() - before) * 1000) / index
  console.log(`seed ${seed}: ${index} rows, ${micros.toFixed(0)} µs each`)
  for (const line of raised) console.log(`  ${line}`)
}
