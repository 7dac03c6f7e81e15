/**
 * False alarms of the quality detectors on streams in which nothing happens, each alone with the whole budget, beside what is promised.
 *
 *   npx tsx test/bench/null-quality/main.ts [streams=200] [rows=8000] [perEvents=20000] [seed=report] [name contains]
 *
 * Seeds that begin with `dev` were looked at while building; report others.
 */
import { falseAlarms } from './false-alarms'
import { nulls } from './nulls'

const [streams = '200', rows = '8000', perEvents = '20000', seed = 'report', part = ''] = process.argv.slice(2)

console.log(`${streams} streams of ${rows} rows each, seed "${seed}", promise: 1 false alarm per ${perEvents} rows\n`)
console.log('| null | watched by | alarms | streams that alarmed | promised at most |')
console.log('|---|---|---|---|---|')
for (const from of nulls) {
  if (!from.name.includes(part)) continue
  const { alarms, alarmed, allowed } = falseAlarms(from, Number(streams), Number(rows), Number(perEvents), seed)
  console.log(`| ${from.name} | ${from.detector} | ${alarms} | ${alarmed} | ${allowed.toFixed(0)} |`)
}
