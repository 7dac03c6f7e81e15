/**
 * The training rows of the demo's spam story, through a whole monitor: what it raises, after how many of the attacker's rows, and whether the counterfactual is what
 * retraining comes to. A seventh of the honest messages are kept out as golden rows.
 * `npx tsx test/bench/poison/demo.ts [seed…]`
 */
import type { Finding } from '@/lib/alert/finding'
import { loadSms } from '@/lib/demo/sets'
import { spamFeed } from '@/lib/demo/spam-feed'
import { dayMs } from '@/lib/demo/steps'
import { decodeObject } from '@/lib/event/decode'
import type { AssayEvent, EventOf } from '@/lib/event/types'
import { counterfactualOf } from '@/lib/learn/influence/counterfactual'
import type { Influence } from '@/lib/learn/influence/influence'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import { createMonitor } from '@/lib/monitor/monitor'

const days = 45
const startMs = 1_790_000_000_000
const seeds = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [7]
type Training = EventOf<'ml.training.v1'>

/** Recall by class of a shadow learner that learned these rows, one after the other. */
function retrained(rows: readonly Training[], golden: readonly Training[]): Map<string, number> {
  const shadow = startShadow({ config: {}, golden: [] })
  for (const { data } of rows) {
    const y = classIndex(shadow.classes, data.label)
    judge(shadow, data)
    learn(shadow, data, y, data.origin.id)
  }
  const hits = new Map<string, [number, number]>()
  for (const { data } of golden) {
    const judged = judge(shadow, data)
    if (!judged) continue
    let favourite = 0
    for (let k = 1; k < judged.classes; k++)
      if ((judged.raw[k] as number) > (judged.raw[favourite] as number)) favourite = k
    const [right, all] = hits.get(String(data.label)) ?? [0, 0]
    hits.set(String(data.label), [
      right + (String(shadow.classes.names[favourite]) === String(data.label) ? 1 : 0),
      all + 1,
    ])
  }
  return new Map([...hits].map(([label, [right, all]]) => [label, right / all]))
}

for (const seed of seeds) {
  const feed = spamFeed(loadSms(), seed, days * dayMs)
  const rows: Training[] = []
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
    rows.push(decoded.event as AssayEvent as Training)
  }
  const golden = rows.filter(({ id }, i) => i % 7 === 3 && !feed.truth.affected.has(id))
  const texts = new Set(golden.map(({ data }) => data.text))
  // A message that is golden is not learned from: nobody measures on what was taught.
  const taught = rows.filter(({ data }) => !texts.has(data.text))
  const monitor = createMonitor({
    model: feed.model,
    golden: golden.map(({ data: { features, text, label } }) => ({
      features,
      label,
      ...(text === undefined ? {} : { text }),
    })),
  })
  let flips = 0
  const start = process.cpuUsage()
  for (const [index, event] of taught.entries()) {
    if (feed.truth.affected.has(event.id)) flips++
    for (const said of monitor.accept({ event, index })) {
      if (said.type !== 'finding') continue
      const { counterfactual, subject } = said as Finding
      const named = subject.eventIds?.filter((id) => feed.truth.affected.has(id)).length ?? 0
      console.log(
        `seed ${seed}: ${said.kind} ${subject.origin ?? subject.feature} → ${subject.label ?? 'both ways'} at ${index}, ${flips} flips in; ` +
          `${named} of ${subject.eventIds?.length ?? 0} rows named are flips; onset ${said.onsetIndex}; ${said.why}`,
      )
      if (!counterfactual || subject.origin === undefined) continue
      const seen = taught.slice(0, index + 1)
      const all = retrained(seen, golden)
      const without = retrained(
        seen.filter(({ data }) => data.origin.id !== subject.origin),
        golden,
      )
      const name = String(counterfactual.class ?? '')
      const words = [...all.keys()].map(
        (label) => `${label} ${all.get(label)?.toFixed(3)} → ${without.get(label)?.toFixed(3)}`,
      )
      const inside =
        (without.get(name) ?? 0) >= counterfactual.ci[0] && (without.get(name) ?? 0) <= counterfactual.ci[1]
      console.log(
        `  told ${counterfactual.metric} of ${name}: ${counterfactual.with} → ${counterfactual.without} (${counterfactual.ci.join('–')}); ` +
          `the shadow retrained: ${words.join(', ')}${name ? `; inside the interval: ${inside}` : ''}`,
      )
    }
  }
  const { user, system } = process.cpuUsage(start)
  const micros = user + system
  // At the end, when it has done all that it did.
  const { influence, learner } = monitor.snapshot().data as {
    influence: Influence
    learner: { shadow: { classes: { names: (string | number)[] } } }
  }
  const told = counterfactualOf(influence, { origin: 'vendor-7' }, learner.shadow.classes.names)
  const all = retrained(taught, golden)
  const without = retrained(
    taught.filter(({ data }) => data.origin.id !== 'vendor-7'),
    golden,
  )
  const words = [...all].map(([label, recall]) => `${label} ${recall.toFixed(3)} → ${without.get(label)?.toFixed(3)}`)
  console.log(`  ${taught.length} rows, ${(micros / taught.length).toFixed(0)} µs each`)
  console.log(`  at the end: told ${JSON.stringify(told)}; the shadow retrained: ${words.join(', ')}`)
}
