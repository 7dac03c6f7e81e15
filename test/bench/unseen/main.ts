/**
 * Whole made streams with a written truth, through the whole monitor as a replay runs it: what is found, on which subject, how late, and what is false.
 * A dummy that alarms every 2,000 lines about the right thing stands beside it.
 *
 *   npx tsx test/bench/unseen/main.ts [seeds=a,b,c] [perEvents=100000] [only=name]
 */
import type { Finding } from '@/lib/alert/finding'
import { decodeObject } from '@/lib/event/decode'
import { createMonitor } from '@/lib/monitor/monitor'
import { concepts } from './concept'
import { inputs } from './inputs'
import { nulls } from './nulls'
import { type Score, score } from './score'
import type { MadeStream } from './truth'

const [seeds = 'a,b,c', perEvents = '100000', only = ''] = process.argv.slice(2)
const dummyEvery = 2000

function findingsOf(stream: MadeStream): Finding[] {
  const monitor = createMonitor({ model: 'made', config: { budget: { perEvents: Number(perEvents) } } })
  return stream.lines.flatMap((line, index) => {
    const decoded = decodeObject(structuredClone(line))
    if (!decoded.ok) throw new Error(`${stream.name}, line ${index}: ${decoded.reason}`)
    return monitor.accept({ event: decoded.event, index }).filter((output) => output.type === 'finding')
  })
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? '–'
const row = (cells: readonly unknown[]) => console.log(`| ${cells.join(' | ')} |`)
const per100k = (count: number, lines: number) => ((1e5 * count) / lines).toFixed(2)

row([
  'stream',
  'found',
  'verdicts',
  'delay, lines',
  'onset off',
  'false',
  'false per 100k',
  'dummy: delay',
  'dummy: false per 100k',
])
row(Array(9).fill('---'))
const all: Score[] = []
for (const make of [...nulls, ...inputs, ...concepts]) {
  const streams = seeds.split(',').map(make)
  const name = streams[0]?.name ?? ''
  if (only && !name.includes(only)) continue
  const scores = streams.map((stream) => score(stream, findingsOf(stream)))
  all.push(...scores)
  print(name, scores)
}
print('all', all)

function print(name: string, scores: readonly Score[]): void {
  const sum = (of: (s: Score) => number) => scores.reduce((total, s) => total + of(s), 0)
  const wrong = scores.flatMap((s) => s.falseFindings)
  const lines = sum((s) => s.lines)
  const kinds = name === 'all' ? '' : [...new Set(wrong.map((f) => ` ${f.kind} ${f.subject.feature ?? ''}`))].join(',')
  row([
    name,
    `${sum((s) => s.found)} of ${sum((s) => s.truths)}`,
    sum((s) => s.verdictsRight),
    median(scores.flatMap((s) => s.delays)),
    median(scores.flatMap((s) => s.onsets)),
    `${wrong.length}${kinds}`,
    per100k(wrong.length, lines),
    sum((s) => s.truths) > 0 ? `${dummyEvery / 2} on average` : '–',
    per100k(lines / dummyEvery, lines),
  ])
}
