/** CPU time of a training row with 200 active inputs in the compact learner alone: `npx tsx test/bench/poison/influence-cost.ts [classes] [l: labelers too]`. */
import { serialize } from 'node:v8'
import { startInfluence } from '@/lib/learn/influence/influence'
import { noteRow } from '@/lib/learn/influence/note-row'
import { type Learner, learnerOf, startLearner, type Witness } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'

const classes = Number(process.argv[2] ?? 2),
  labelers = process.argv[3] === 'l'
const rows = 20000,
  words = 100
const arrivals = Array.from({ length: rows }, (_, index) => {
  const y = Math.floor(hashUniform('y', index) * classes)
  const text = Array.from({ length: words }, (_, w) => {
    const u = hashUniform(`w${w}`, index)
    return w < 8 && u < 0.5 ? `class${y}word${w}` : `w${Math.floor(u ** 3 * 20000)}`
  }).join(' ')
  return {
    index,
    event: {
      type: 'ml.training.v1' as const,
      id: `t-${index}`,
      source: '/cost',
      timeMs: index,
      data: {
        model: 'cost',
        origin: { id: `o-${index % 50}`, kind: 'v' },
        features: {},
        text,
        label: `c${y}`,
        ...(labelers ? { labeler: `l${index % 20}` } : {}),
      },
    },
  }
})

const influence = startInfluence()
const learner = learnerOf(startLearner({ config: {}, golden: [] }))
const kept: { arrival: (typeof arrivals)[number]; witness: Witness }[] = []
for (const a of arrivals.slice(0, 6000)) {
  const w = learner.witness(a)
  noteRow(influence, learner, a, [])
  kept.push({
    arrival: a,
    witness: {
      ...w,
      judged: w.judged && { ...w.judged },
      shadow: w.shadow,
      active: {
        count: w.active.count,
        index: w.active.index.slice(0, w.active.count),
        value: w.active.value.slice(0, w.active.count),
        regions: 0,
        keys: w.active.keys,
        region: w.active.region,
      },
    },
  })
  learner.settle()
}
let at = 1500
const fake = { witness: () => (kept[at] as (typeof kept)[number]).witness } as unknown as Learner
const run = (n: number) => {
  for (let i = 0; i < n; i++) {
    at = 1500 + (i % 4500)
    noteRow(influence, fake, (kept[at] as (typeof kept)[number]).arrival, [])
  }
}
run(10000)
const b = process.cpuUsage()
run(20000)
const { user, system } = process.cpuUsage(b)
console.log(
  `${classes} classes${labelers ? ', labelers' : ''}: ${((user + system) / 20_000).toFixed(1)} µs CPU a row, ${(serialize(influence).length / 1e6).toFixed(2)} MB`,
)
