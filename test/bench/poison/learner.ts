/** How good the shadow learner is on real rows, each judged before it is learned: `npx tsx test/bench/poison/learner.ts [set…]`. */
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import { isThere, loadSet, type SetName } from './sets'

const names = (
  process.argv.slice(2).length ? process.argv.slice(2) : ['sms', 'noaa', 'youtube', 'elec2', 'rte']
) as SetName[]
const parts = 8

for (const name of names.filter(isThere)) {
  const rows = loadSet(name, 5)
  const shadow = startShadow({ config: {}, golden: [] })
  const calibration = Array.from({ length: 10 }, () => ({ rows: 0, wrong: 0, expected: 0 }))
  const figures: string[] = []
  let sum = { rows: 0, wrong: 0, expected: 0, loss: 0 }
  let elapsed = 0
  rows.forEach(({ row, label }, i) => {
    const before = performance.now()
    const y = classIndex(shadow.classes, label)
    const judged = judge(shadow, row)
    if (judged) {
      const wrong = judged.favourite === y ? 0 : 1
      const bin = calibration[Math.min(9, Math.floor(judged.disagree * 20))]
      for (const into of [sum, bin]) {
        if (!into) continue
        into.rows++
        into.wrong += wrong
        into.expected += judged.disagree
      }
      sum.loss -= Math.log(judged.p[y] as number)
    }
    learn(shadow, row, y, 'all')
    elapsed += performance.now() - before
    if ((i + 1) % Math.ceil(rows.length / parts) === 0) {
      figures.push([sum.wrong, sum.expected, sum.loss].map((s) => (s / sum.rows).toFixed(3)).join('/'))
      sum = { rows: 0, wrong: 0, expected: 0, loss: 0 }
    }
  })
  console.log(
    `${name}: ${rows.length} rows, ${((elapsed * 1000) / rows.length).toFixed(1)} µs a row; wrong/expected/loss by eighths`,
  )
  console.log(`  ${figures.join('  ')}`)
  const bins = calibration.filter((b) => b.rows > 50)
  console.log(
    `  expected → wrong: ${bins.map((b) => `${(b.expected / b.rows).toFixed(2)} → ${(b.wrong / b.rows).toFixed(2)} (${b.rows})`).join(', ')}`,
  )
}
