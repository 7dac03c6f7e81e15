/**
 * False alarms of the feature detectors on streams in which nothing changes, beside what the budget allows.
 *
 *   npx tsx test/bench/null/main.ts [streams=200] [seed=report] [rows=12000] [name …]
 *
 * Each stream: ten columns of one kind, the first 2,000 rows the baseline, a promise of one false incident in 100,000 lines of which half may be spent
 * (lib/evidence/budget.ts), all of it here. Allowed: what the watched lines may spend. Seeds that begin with `dev` were looked at while building.
 */
import { conformanceContext } from '@/lib/detect/conformance'
import { categoricalFeature } from '@/lib/detect/drift/category/categorical-feature'
import { numericFeature } from '@/lib/detect/drift/numeric/numeric-feature'
import { predictionsOf } from '@/lib/detect/drift/test-drive'
import { nulls } from './nulls'

const [streams = '200', seed = 'report', rows = '12000', ...only] = process.argv.slice(2)
const perEvents = 100_000
const baseline = 2000
const columns = 10

console.log('| null | streams | lines watched | false alarms | allowed | streams with any |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const [name, make] of Object.entries(nulls)) {
  if (only.length > 0 && !only.includes(name)) continue
  let alarms = 0
  let struck = 0
  for (let s = 0; s < Number(streams); s++) {
    const makers = Array.from({ length: columns }, (_, c) => make(`${seed} ${name} ${s} ${c}`))
    const events = predictionsOf(Number(rows), (t) => Object.fromEntries(makers.map((value, c) => [`x${c}`, value(t)])))
    const detector = /strings|boolean/.test(name) ? categoricalFeature : numericFeature
    const context = { ...conformanceContext(perEvents, baseline), config: {} }
    // biome-ignore lint/suspicious/noExplicitAny: drives detectors of either state.
    const own = detector as any
    const found = own.update(own.init(own.params, context), events, context).alarms.length
    alarms += found
    if (found > 0) struck++
  }
  const watched = Number(streams) * (Number(rows) - baseline)
  console.log(
    `| ${name} | ${streams} | ${watched} | ${alarms} | ${(watched / (2 * perEvents)).toFixed(1)} | ${struck} |`,
  )
}
