/**
 * False accusations on honest real rows: `npx tsx test/bench/poison/honest.ts [--seeds 31,32] [--per-events 100000] [set…]`. Prints accusations beside
 * what the budget promises at most.
 */
import { isThere, loadSet, type RealRow, type SetName } from './sets'
import { makeStream, type Plan } from './stream'
import { watch } from './watch'

const args = process.argv.slice(2)
const option = (name: string, standard: string) => {
  const at = args.indexOf(name)
  return at >= 0 ? (args.splice(at, 2)[1] ?? standard) : standard
}
const seeds = option('--seeds', '31,32,33').split(',').map(Number)
const perEvents = Number(option('--per-events', '100000'))
const most = Number(option('--rows', '12000'))
const sets = (args.length ? args : ['sms', 'noaa', 'youtube', 'elec2', 'rte']) as SetName[]

const dealt = [0.3, 0.17, 0.13, 0.11, 0.09, 0.07, 0.06, 0.04, 0.02, 0.01]
const first = (row: RealRow) => Number(Object.values(row.row.features ?? {})[0] ?? 0)
const cases = (rows: readonly RealRow[]): [string, Plan][] => {
  const middle = rows.map(first).sort((a, b) => a - b)[rows.length >> 1] ?? 0
  const one = rows[0]?.label ?? ''
  const above = (row: RealRow) => first(row) > middle
  return [
    ['even', { shares: dealt }],
    ['careless 10 %', { shares: dealt, careless: { origin: 1, share: 0.1 } }],
    ['careless 15 %', { shares: dealt, careless: { origin: 2, share: 0.15 } }],
    ['careless from half way', { shares: dealt, careless: { origin: 1, share: 0.1, from: 0.5 } }],
    ['hard region', { shares: dealt, region: { origin: 4, isHard: above, noise: 0.2 } }],
    ['hard class', { shares: dealt, region: { origin: 4, isHard: (row) => row.label === one, noise: 0.1 } }],
    [
      'one class from one origin',
      { shares: dealt, region: { origin: 3, isHard: (row) => row.label === one, noise: 0 } },
    ],
    ['newcomer with a class', { shares: dealt, newcomer: { origin: 3, from: 0.5, isIts: (row) => row.label === one } }],
    ['newcomer elsewhere', { shares: dealt, newcomer: { origin: 3, from: 0.5, isIts: above } }],
    ['drift 20 %', { shares: dealt, drift: { from: 0.5, share: 0.2 } }],
    ['drift 60 %', { shares: dealt, drift: { from: 0.5, share: 0.6 } }],
    ['drift, all turned', { shares: dealt, drift: { from: 0.6, share: 1 } }],
    ['drift, two origins', { shares: [0.6, 0.4], drift: { from: 0.5, share: 0.6 } }],
    ['many origins', { shares: Array.from({ length: 300 }, (_, o) => 1 / (o + 1)) }],
    [
      'many origins, drift',
      { shares: Array.from({ length: 100 }, (_, o) => 1 / (o + 5)), drift: { from: 0.5, share: 0.5 } },
    ],
  ]
}

let accused = 0
let lines = 0
for (const set of sets.filter(isThere)) {
  for (const seed of seeds) {
    const rows = loadSet(set, seed).slice(0, most)
    for (const [name, plan] of cases(rows)) {
      const seen = watch(makeStream(rows, plan, seed * 104729 + 3), 1 / (2 * perEvents))
      lines += rows.length
      accused += seen.alarms.length
      for (const alarm of seen.alarms)
        console.log(
          `${set}, ${name}, seed ${seed}: ${alarm.eventIndex} ${alarm.why} (n ${alarm.n}, logE ${alarm.logE.toFixed(1)})`,
        )
    }
  }
}
console.log(`${accused} accusations in ${lines} honest lines; promised at most ${(lines / (2 * perEvents)).toFixed(1)}`)
