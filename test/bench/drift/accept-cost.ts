/**
 * What one event costs a monitor, CPU µs (user + system) on one thread: `npx tsx test/bench/drift/accept-cost.ts [events.ndjson]`.
 *
 * Events as the ingest bench has them (20 numbers, 5 categoricals), with and without labels or segments, and four features; decoded just before, as in the worker, and
 * not timed. A file given is timed too, by model and event type. The best of seven runs, each of a new monitor, its baseline left out: what else
 * runs on the machine only ever adds.
 */
import { readFileSync } from 'node:fs'
import { decodeMessage } from '@/ingest/decode'
import type { Arrival } from '@/lib/event/types'
import { createMonitor } from '@/lib/monitor/monitor'
import { benchEvent } from '../ingest/events'
import { seededRandom } from './stream/random'

const warm = 5000
const timed = 30_000
const batch = 500

const decode = (value: string, index: number): Arrival => {
  const decoded = decodeMessage({ value: Buffer.from(value) })
  if (!decoded.ok) throw new Error(decoded.reason)
  return { event: decoded.event, index }
}

/** Predictions of the ingest bench, one model; every other line a label where `labels`; only the first `features` features; a segment key of so many values. */
function predictions(labels: boolean, features = 25, segmentValues = 0): string[] {
  const { uniform } = seededRandom('accept cost')
  const out: string[] = []
  while (out.length < warm + timed) {
    const event = JSON.parse(benchEvent(0, uniform).value)
    event.time = new Date(1_790_000_000_000 + out.length).toISOString()
    event.data.features = Object.fromEntries(Object.entries(event.data.features).slice(0, features))
    if (segmentValues > 0) event.data.segment = { region: `r${Math.floor(uniform() * segmentValues)}` }
    out.push(JSON.stringify(event))
    if (!labels) continue
    const data = { model: event.data.model, prediction: event.id, label: uniform() < 0.3 ? 'yes' : 'no' }
    out.push(JSON.stringify({ ...event, id: `l-${event.id}`, type: 'ml.label.v1', data }))
  }
  return out
}

function cost(lines: readonly string[], from = warm): number {
  const runs = Array.from({ length: 7 }, () => {
    const monitor = createMonitor({ model: 'model-0' })
    let spent = 0
    for (let at = 0; at < lines.length; at += batch) {
      const arrivals = lines.slice(at, at + batch).map((line, i) => decode(line, at + i))
      const before = process.cpuUsage()
      for (const arrival of arrivals) monitor.accept(arrival)
      const { user, system } = process.cpuUsage(before)
      if (at >= from) spent += user + system
    }
    return spent / (lines.length - from)
  })
  return Math.min(...runs)
}

const print = (name: string, us: number) => console.log(`${name.padEnd(32)} ${us.toFixed(2).padStart(7)} µs an event`)
print('25 features', cost(predictions(false)))
print('25 features, a label to each', cost(predictions(true)))
print('25 features, 10 segment values', cost(predictions(false, 25, 10)))
print('4 features', cost(predictions(false, 4)))
const file = process.argv[2]
if (file) {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const byKind = new Map<string, string[]>()
  for (const line of lines) {
    const { event } = decode(line, 0)
    const kind = `${event.data.model} ${event.type}`
    const own = byKind.get(kind)
    if (own) own.push(line)
    else byKind.set(kind, [line])
  }
  for (const [kind, own] of byKind) if (own.length > 2500) print(kind, cost(own, 2000))
}
