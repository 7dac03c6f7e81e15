/**
 * Detection delay, false alarms and cost of the drift detectors beside a dummy that alarms every 2,000 lines.
 *
 *   npx tsx test/bench/drift/run.ts [runs=5] [seed=report] [perEvents=100000]
 *
 * Seeds that begin with `tune` were looked at while building; report others.
 */
import { drifts, nulls } from '@/test/bench/drift/scenarios'
import type { Stream } from '@/test/bench/drift/streams'
import { watch } from '@/test/bench/drift/watch'

const [runs = '5', seed = 'report', per = '100000'] = process.argv.slice(2)
const perEvents = Number(per)
const dummyEvery = 2000
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
const show = (cells: (string | number | undefined)[]) => console.log(`| ${cells.join(' | ')} |`)

interface Outcome {
  delays: number[]
  onsets: number[]
  missed: number
  falseAlarms: number
  lines: number
  dummyDelay: number
  dummyFalse: number
  cost: number[]
}

function measure(make: (seed: string) => Stream): Outcome {
  const out: Outcome = {
    delays: [],
    onsets: [],
    missed: 0,
    falseAlarms: 0,
    lines: 0,
    dummyDelay: 0,
    dummyFalse: 0,
    cost: [],
  }
  for (let run = 0; run < Number(runs); run++) {
    const stream = make(`${seed} ${run}`)
    const arrivals = [...stream.arrivals()]
    const { alarms, microseconds } = watch(arrivals, perEvents)
    const { change } = stream
    out.lines += arrivals.length
    out.cost.push(microseconds)
    const right = alarms.find(
      (a) => change !== null && a.eventIndex >= change && (a.subject.feature ?? a.unit) === stream.subject,
    )
    out.falseAlarms += alarms.filter(
      (a) => change === null || a.eventIndex < change || (a.subject.feature ?? a.unit) !== stream.subject,
    ).length
    out.dummyFalse += Math.floor((change ?? arrivals.length) / dummyEvery)
    if (change === null) continue
    out.dummyDelay = dummyEvery - (change % dummyEvery)
    if (right) {
      out.delays.push(right.eventIndex - change)
      out.onsets.push(Math.abs(right.onsetIndex - change))
    } else out.missed++
  }
  return out
}

console.log(`${runs} runs each, seed "${seed}", promise: 1 false incident per ${per} lines\n`)
show([
  'drift',
  'found',
  'delay, median',
  'delay, worst',
  'onset off, median',
  'false per 100k',
  'dummy delay',
  'dummy false per 100k',
  'µs/event',
])
show(Array.from({ length: 9 }, () => '---'))
for (const [name, make] of Object.entries(drifts)) {
  const o = measure(make)
  const rate = (n: number) => ((n / o.lines) * 1e5).toFixed(1)
  show([
    name,
    `${o.delays.length}/${runs}`,
    median(o.delays),
    Math.max(...o.delays),
    median(o.onsets),
    rate(o.falseAlarms),
    o.dummyDelay,
    rate(o.dummyFalse),
    median(o.cost)?.toFixed(1),
  ])
}
console.log('')
show(['null', 'lines', 'false', 'per 100k', 'promised at most', 'dummy', 'µs/event'])
show(Array.from({ length: 7 }, () => '---'))
for (const [name, make] of Object.entries(nulls)) {
  const o = measure(make)
  show([
    name,
    o.lines,
    o.falseAlarms,
    ((o.falseAlarms / o.lines) * 1e5).toFixed(2),
    (o.lines / perEvents).toFixed(2),
    o.dummyFalse,
    median(o.cost)?.toFixed(1),
  ])
}
