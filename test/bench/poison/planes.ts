/**
 * Own events of a flipping source until it is named: 2dplanes (Breiman et al. 1984), 50 sources, 3 % honest label noise, 30,000 rows, turned from row 10,000 on.
 *
 *   npx tsx test/bench/poison/planes.ts [seeds]
 *
 * The label-flip detector alone, on its part of a budget of one false incident in 100,000 lines.
 */
import type { Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { detectors } from '@/lib/detect/registry'
import type { Arrival, EventOf } from '@/lib/event/types'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { sharesByType } from '@/lib/monitor/shares'
import { hashUniform } from '@/lib/stats/hash-uniform'

const rows = 30_000
const onset = 10_000
const sources = 50
const noise = 0.03
const lineMass = 1 / 200_000
const part = sharesByType(detectors, [])(labelFlip.id, 'ml.training.v1')

interface Run {
  readonly own: number | null
  readonly innocent: number
}

function play(seed: string, share: number, strength: number): Run {
  const u = (what: string, n: number) => hashUniform(`planes ${seed} ${share} ${strength} ${what}`, n)
  const init = { model: 'planes', config: { task: 'classification' as const }, golden: [] }
  const learner = learnerOf(startLearner(init))
  const frame = framesOf(startFrame({}))
  const ctx: Context = { ...init, mass: () => part * lineMass, frame, uniform: hashUniform, learner }
  const state = labelFlip.init(labelFlip.params, init)
  let own = 0
  let found: number | null = null
  const innocent = new Set<string>()
  for (let index = 0; index < rows; index++) {
    const isBad = u('who', index) < share
    const turns = isBad && index >= onset
    const flips = u('noise', index) < noise !== (turns && u('turn', index) < strength)
    if (turns) own++
    const data = {
      model: 'planes',
      origin: { id: isBad ? 'bad' : `source-${Math.floor(u('source', index) * (sources - 1))}`, kind: 'vendor' },
      ...plane((k) => u(`x${k}`, index), u('error', index) - 0.5, flips),
    }
    const event: EventOf<'ml.training.v1'> = {
      type: 'ml.training.v1',
      id: `t-${index}`,
      source: '/made',
      timeMs: 1000 * index,
      data,
    }
    const arrival: Arrival<EventOf<'ml.training.v1'>> = { event, index }
    for (const { subject } of labelFlip.update(state, [arrival], ctx).alarms)
      for (const id of subject.origins ?? [subject.origin ?? '']) {
        if (id === 'bad') found ??= own
        else innocent.add(id)
      }
    learner.settle()
  }
  return { own: found, innocent: innocent.size }
}

/** A row, binary at the mean. */
function plane(u: (k: number) => number, error: number, flips: boolean) {
  const x = Array.from({ length: 10 }, (_, k) => (k === 0 ? (u(k) < 0.5 ? -1 : 1) : Math.floor(3 * u(k)) - 1))
  const at = (k: number) => x[k] as number
  const value = at(0) === 1 ? 3 + 3 * at(1) + 2 * at(2) + at(3) : -3 + 3 * at(4) + 2 * at(5) + at(6)
  const isHigh = value + 2 * error > 0
  return {
    features: Object.fromEntries(x.map((v, k) => [`x${k + 1}`, v])),
    label: isHigh === flips ? 'low' : 'high',
  }
}

const seeds = Number(process.argv[2] ?? 6)
console.log('| share of the rows | turns | own events to the alarm, by seed | innocents accused |\n|---|---|---|---|')
for (const [share, strength] of [
  [0.001, 1],
  [0.005, 1],
  [0.01, 0.3],
  [0.05, 0.3],
] as const) {
  const runs = Array.from({ length: seeds }, (_, n) => play(`s-${n}`, share, strength))
  const own = runs.map((run) => run.own ?? '–').join(' ')
  const innocent = runs.reduce((sum, run) => sum + run.innocent, 0)
  console.log(`| ${100 * share} % | ${100 * strength} % | ${own} | ${innocent} of ${seeds * (sources - 1)} |`)
}
