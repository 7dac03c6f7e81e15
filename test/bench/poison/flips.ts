/**
 * Label flips on real rows: `npx tsx test/bench/poison/flips.ts [--seeds 21,22,23] [set…]`. For each case: seeds on which the attacker was named, its own
 * events to the alarm (median, most), onset error in lines, others accused, average precision of the scores at arrival, µs a row. After the bar: what a
 * dummy that looks at label shares alone names, and how many others it accuses.
 */
import { dummyWatch } from './dummy'
import { isThere, loadSet, type RealRow, type SetName } from './sets'
import { evenShares, makeStream, type Plan } from './stream'
import { averagePrecision, watch } from './watch'

const args = process.argv.slice(2)
const at = args.indexOf('--seeds')
const seeds = (at >= 0 ? (args.splice(at, 2)[1] ?? '') : '21,22,23').split(',').map(Number)
const only = args.indexOf('--only')
const wanted = only >= 0 ? (args.splice(only, 2)[1] ?? '') : ''
const names = (args.length ? args : ['sms', 'noaa', 'youtube', 'elec2', 'rte']) as SetName[]

const number = (row: RealRow, key: string) => Number(row.row.features?.[key] ?? 0)
const hard: Record<SetName, (row: RealRow) => boolean> = {
  sms: (row) => number(row, 'length') > 120,
  noaa: (row) => number(row, 'visibility') < 8,
  youtube: (row) => row.row.features?.video === 'Shakira',
  elec2: (row) => number(row, 'period') > 0.7,
  rte: (row) => row.row.features?.task === 'IE',
}
const oneWay: Record<SetName, string> = { sms: 'ham', noaa: 'dry', youtube: 'ham', elec2: 'down', rte: 'yes' }

function cases(set: SetName): [string, Plan, number][] {
  const to = oneWay[set]
  const dealt = [0.3, 0.17, 0.13, 0.11, 0.09, 0.07, 0.06, 0.04, 0.02, 0.01]
  const attack = (share: number, part: number, from: number, way?: string): Plan => ({
    shares: evenShares(10, share),
    attack: { origin: 0, from, share: part, ...(way ? { to: way } : {}) },
  })
  return [
    ['honest', { shares: dealt }, 0],
    ['honest careless 10 %', { shares: dealt, careless: { origin: 2, share: 0.1 } }, 0],
    ['honest hard region', { shares: dealt, region: { origin: 4, isHard: hard[set], noise: 0.25 } }, 0],
    ['honest drift for all', { shares: dealt, drift: { from: 0.5, share: 0.35 } }, 0],
    ['honest newcomer', { shares: dealt, newcomer: { origin: 3, from: 0.5, isIts: hard[set] } }, 0],
    ['honest alone', { shares: [1], drift: { from: 0.5, share: 0.35 } }, 0],
    ['10 % flips all', attack(0.1, 1, 0.5), 1],
    [`6 % flips all to ${to}`, attack(0.06, 1, 0.5, to), 1],
    ['5 % flips all', attack(0.05, 1, 0.5), 1],
    ['2 % flips all', attack(0.02, 1, 0.5), 1],
    ['5 % flips 30 %', attack(0.05, 0.3, 0.4), 1],
    ['10 % flips 30 %', attack(0.1, 0.3, 0.4), 1],
    ['7 % flips 75 %', attack(0.07, 0.75, 0.5), 1],
    ['5 % flips all from birth', attack(0.05, 1, 0), 1],
  ]
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
let innocents = 0
for (const set of names.filter(isThere)) {
  console.log(`${set}`)
  for (const [name, plan, hasAttacker] of cases(set)) {
    if (wanted && !name.includes(wanted)) continue
    const own: number[] = []
    const offsets: number[] = []
    const precision: number[] = []
    const micros: number[] = []
    let accused = 0
    let dummyNamed = 0
    let dummyOthers = 0
    for (const seed of seeds) {
      const stream = makeStream(loadSet(set, seed), plan, seed * 7919 + 1)
      const seen = watch(stream)
      for (const { origin, index } of dummyWatch(stream).accused) {
        if (hasAttacker && origin === 'origin-0' && index >= stream.firstTurned) dummyNamed++
        else dummyOthers++
      }
      micros.push(seen.microsPerRow)
      for (const alarm of seen.alarms) {
        if (hasAttacker && alarm.subject.origin === 'origin-0' && alarm.eventIndex >= stream.firstTurned) {
          own.push(stream.rowsOfAttacker(stream.firstTurned, alarm.eventIndex))
          offsets.push(alarm.onsetIndex - stream.firstTurned)
        } else {
          accused++
          console.log(`    accused: ${alarm.unit} at ${alarm.eventIndex} (seed ${seed}): ${alarm.why}`)
        }
      }
      if (hasAttacker) precision.push(averagePrecision(stream, seen.suspicion))
    }
    innocents += accused
    const found = hasAttacker
      ? `named ${own.length}/${seeds.length}, own events ${median(own)} (most ${Math.max(...own)}), onset off ${median(offsets)}, AP ${median(precision).toFixed(2)}, `
      : ''
    console.log(
      `  ${name}: ${found}others accused ${accused}, ${median(micros).toFixed(0)} µs a row | dummy: ${hasAttacker ? `named ${dummyNamed}, ` : ''}others ${dummyOthers}`,
    )
  }
}
console.log(`innocents accused in all: ${innocents}`)
