/**
 * The model without a source, at once, against honest retraining without it: `npx tsx test/bench/poison/counterfactual.ts [seeds] [set…]`.
 *
 * same       the compact learner trained anew without the source's rows, until it no longer changes
 * shadow     the shadow learner trained anew without them: a larger model of another kind
 * dummy      says that nothing changes
 * Figures are points of golden accuracy, and of the recall of the class that is furthest off; golden rows are held out and never attacked.
 */
import { seeded, shuffled } from '@/lib/demo/seeded'
import { compactRow, width } from '@/lib/learn/influence/compact'
import { counterfactualOf } from '@/lib/learn/influence/counterfactual'
import { predict } from '@/lib/learn/influence/expand'
import { type Influence, startInfluence } from '@/lib/learn/influence/influence'
import { noteRow } from '@/lib/learn/influence/note-row'
import { without } from '@/lib/learn/influence/without'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge, judgedInputs } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { retrain } from './retrain'
import { isThere, loadSet, type RealRow, type SetName } from './sets'
import { evenShares, makeStream, type Stream } from './stream'

const [seedText, ...setNames] = process.argv.slice(2)
const seeds = Number(seedText ?? 2)
const names = (setNames.length ? setNames : ['sms', 'noaa', 'youtube', 'elec2']) as SetName[]
const attacks = [
  { share: 0.1, turned: 1 },
  { share: 0.1, turned: 0.4 },
  { share: 0.03, turned: 1 },
  { share: 0.01, turned: 1 },
]
const mostRows = Number(process.env.ROWS ?? 12_000)
const attacker = 'origin-0'
const repeats = 20

interface Figures {
  accuracy: number
  recall: number[]
}

function score(rows: readonly { y: number }[], classes: number, favourite: (row: number) => number): Figures {
  const hits = new Array<number>(classes).fill(0)
  const of = new Array<number>(classes).fill(0)
  rows.forEach(({ y }, i) => {
    of[y] = (of[y] as number) + 1
    if (favourite(i) === y) hits[y] = (hits[y] as number) + 1
  })
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
  return { accuracy: sum(hits) / rows.length, recall: hits.map((h, k) => h / Math.max(1, of[k] as number)) }
}

/** CPU time: other work on the machine does not count. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const best = (p: Float64Array, classes: number) => {
  let k = 0
  for (let c = 1; c < classes; c++) if ((p[c] as number) > (p[k] as number)) k = c
  return k
}

function runOne(train: Stream, golden: readonly RealRow[], labels: readonly string[]) {
  const config = { classes: [...labels] }
  const goldenRows = golden.map(({ row, label }) => ({ ...row, label }))
  const learner = learnerOf(startLearner({ config, golden: [] }))
  const influence: Influence = startInfluence()
  let shadow = startShadow({ config, golden: [] })
  for (const arrival of train.arrivals) {
    shadow = learner.witness(arrival).shadow
    noteRow(influence, learner, arrival, goldenRows)
    learner.settle()
  }
  const { compact, outputs } = influence
  if (!compact) throw new Error('too few rows')
  const classes = labels.length
  const told = counterfactualOf(influence, { origin: attacker }, shadow.classes.names)
  // All sources, as a screen asks for them; what one takes. A first round warms up, as retraining warms up over its rows.
  for (let round = 0; round < 20; round++)
    for (const origin of influence.origins.byId.keys()) without(influence, { origin })
  influence.rows++
  const began = cpuMs()
  for (let round = 0; round < repeats; round++)
    for (const origin of influence.origins.byId.keys()) without(influence, { origin })
  const toldMs = (cpuMs() - began) / influence.origins.byId.size / repeats
  const measured = cpuMs()
  for (let round = 0; round < repeats; round++)
    for (const origin of influence.origins.byId.keys()) counterfactualOf(influence, { origin }, shadow.classes.names)
  const measuredMs = (cpuMs() - measured) / influence.origins.byId.size / repeats
  const step = without(influence, { origin: attacker })
  if (!told || !step) throw new Error('the source is not known')

  const columns = ({ row, label }: { row: RealRow['row']; label: string | number }) => {
    judge(shadow, row)
    const x = new Float64Array(width)
    compactRow(compact, judgedInputs, x)
    return { x, y: classIndex(shadow.classes, label) }
  }
  const held = golden.map(columns)
  const p = new Float64Array(64)
  const f = new Float64Array(64)
  const by = (weights: Float64Array) =>
    score(held, classes, (i) => {
      predict(weights, outputs, classes, (held[i] as { x: Float64Array }).x, 0, f, p)
      return best(p, classes)
    })
  const honest = train.arrivals.filter(({ event }) => event.data.origin.id !== attacker)
  const inColumns = honest.map(({ event }) => columns({ row: event.data, label: event.data.label }))
  const sameBegan = cpuMs()
  const same = retrain(inColumns, classes, outputs)
  const sameMs = cpuMs() - sameBegan
  const shadowBegan = cpuMs()
  const anew = startShadow({ config, golden: [] })
  for (const { event } of honest) {
    const y = classIndex(anew.classes, event.data.label)
    judge(anew, event.data)
    learn(anew, event.data, y, event.data.origin.id)
  }
  const shadowMs = cpuMs() - shadowBegan
  const byShadow = (of: typeof anew) =>
    score(held, classes, (i) => {
      const judged = judge(of, (golden[i] as RealRow).row)
      return judged ? best(judged.raw, classes) : 0
    })
  return {
    with: by(step.with),
    told: by(step.without),
    same: by(same),
    shadowWith: byShadow(shadow),
    shadow: byShadow(anew),
    toldMs,
    measuredMs,
    sameMs,
    shadowMs,
    ci: told.ci,
  }
}

const points = (value: number) => (100 * value).toFixed(2)
const off = (a: Figures, b: Figures) => Math.abs(a.accuracy - b.accuracy)
const offRecall = (a: Figures, b: Figures) => Math.max(...a.recall.map((r, k) => Math.abs(r - (b.recall[k] as number))))

for (const name of names.filter(isThere)) {
  for (const { share, turned } of attacks) {
    const sums = {
      told: 0,
      toldRecall: 0,
      dummy: 0,
      dummyRecall: 0,
      shadow: 0,
      faster: 0,
      fasterShadow: 0,
      ms: 0,
      measuredMs: 0,
      worst: 0,
    }
    for (let seed = 1; seed <= seeds; seed++) {
      const rows = shuffled(loadSet(name, seed), seeded(seed + 100)).slice(0, mostRows)
      const labels = [...new Set(rows.map(({ label }) => label))].sort()
      const cut = Math.floor(rows.length * 0.8)
      const attack = { origin: 0, from: 0, share: turned, to: labels[0] as string }
      const stream = makeStream(rows.slice(0, cut), { shares: evenShares(12, share), attack }, seed)
      const r = runOne(stream, rows.slice(cut), labels)
      sums.told += off(r.told, r.same) / seeds
      sums.worst = Math.max(sums.worst, off(r.told, r.same))
      sums.toldRecall += offRecall(r.told, r.same) / seeds
      sums.dummy += off(r.with, r.same) / seeds
      sums.dummyRecall += offRecall(r.with, r.same) / seeds
      sums.shadow += Math.abs(r.told.accuracy - r.with.accuracy - (r.shadow.accuracy - r.shadowWith.accuracy)) / seeds
      sums.faster += r.sameMs / r.toldMs / seeds
      sums.fasterShadow += r.shadowMs / r.toldMs / seeds
      sums.ms += r.toldMs / seeds
      sums.measuredMs += r.measuredMs / seeds
    }
    console.log(
      `${name}, ${points(share)} % of rows, ${points(turned)} % of them to one class: off ${points(sums.told)} points (worst ${points(sums.worst)}), recall ${points(sums.toldRecall)}; ` +
        `dummy ${points(sums.dummy)}, ${points(sums.dummyRecall)}; the change against the shadow's ${points(sums.shadow)}; ` +
        `${sums.ms.toFixed(2)} ms CPU a source (${sums.measuredMs.toFixed(2)} measured on golden rows), ${sums.faster.toFixed(0)}× faster than the same, ${sums.fasterShadow.toFixed(0)}× than the shadow`,
    )
  }
}
