/**
 * Time of a training row with 200 active inputs through the detector, beside a dummy that only counts the row by origin and label.
 * `npx tsx test/bench/poison/cost.ts [classes]`
 */

import { serialize } from 'node:v8'
import type { Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'

const classes = Number(process.argv[2] ?? 2)
const rows = 20_000
const words = 100
const arrivals = Array.from({ length: rows }, (_, index) => {
  const y = Math.floor(hashUniform('y', index) * classes)
  const text = Array.from({ length: words }, (_, w) => {
    const u = hashUniform(`w${w}`, index)
    return w < 8 && u < 0.5 ? `class${y}word${w}` : `w${Math.floor(u ** 3 * 20_000)}`
  }).join(' ')
  const origin = { id: `o-${index % 50}`, kind: 'vendor' }
  const data = { model: 'cost', origin, features: {}, text, label: `c${y}` }
  return { index, event: { type: 'ml.training.v1' as const, id: `t-${index}`, source: '/cost', timeMs: index, data } }
})

const init = { model: 'cost', config: {}, golden: [] }
const ctx: Context = {
  ...init,
  mass: () => 1e-6,
  uniform: hashUniform,
  frame: framesOf(startFrame({})),
  learner: learnerOf(startLearner({ config: {}, golden: [] })),
}

const cpuMicros = (work: () => void) => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / rows
}
const counts = new Map<string, number>()
const dummy = cpuMicros(() => {
  for (const { event } of arrivals) {
    const key = `${event.data.origin.id} ${event.data.label}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
})
const state = labelFlip.init(labelFlip.params, init)
let alarms = 0
const detector = cpuMicros(() => {
  for (const arrival of arrivals) alarms += labelFlip.update(state, [arrival], ctx).alarms.length
})
const megabytes = (serialize(state).length / 1e6).toFixed(1)
console.log(
  `${classes} classes, ${2 * words} inputs: ${detector.toFixed(1)} µs CPU a row, dummy ${dummy.toFixed(2)}; accused ${alarms}; state ${megabytes} MB`,
)
