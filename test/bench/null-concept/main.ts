/**
 * False alarms of the concept family and of predictions where nothing changes, against what was promised.
 *
 *   npx tsx test/bench/null-concept/main.ts [streams, default 200] [rows, default 6000] [seed, default a] [regex of nulls]
 *
 * Budget 1 false incident in 20,000 lines, half of it kept back: the promise is lines watched / 40,000.
 */
import { conceptDrift } from '@/lib/detect/concept/concept'
import { drive } from '@/lib/detect/drift/test-drive'
import { predictionDrift } from '@/lib/detect/prediction/prediction'
import { nulls } from './streams'

const [streams = '200', rows = '6000', seed = 'a', only = '.'] = process.argv.slice(2)
const perEvents = 20_000
for (const [name, make] of Object.entries(nulls)) {
  if (!new RegExp(only).test(name)) continue
  const alarms = new Map<string, number>()
  let watched = 0
  for (let s = 0; s < Number(streams); s++) {
    const stream = make(`${seed}${s}`, Number(rows))
    watched += stream.length
    for (const detector of [conceptDrift, predictionDrift])
      for (const { kind, unit } of drive(detector, stream, perEvents))
        alarms.set(`${kind}/${unit}`, (alarms.get(`${kind}/${unit}`) ?? 0) + 1)
  }
  const all = [...alarms.values()].reduce((a, b) => a + b, 0)
  const parts = [...alarms].map(([unit, n]) => `${unit} ${n}`).join(', ')
  console.log(
    `${name}: ${all} alarms in ${streams} streams, ${(watched / (2 * perEvents)).toFixed(0)} promised at most each detector (${parts})`,
  )
}
