/**
 * Real streams, in their true order: incidents a year of event time as they came, and how many faults put into them are found.
 *
 *   ASSAY_DATA=folder npx tsx test/bench/real/main.ts [--sets elec2,noaa-weather] [--turn 1] [--each 4] [--unseen] [--verbose]
 *
 * A fault is found when a finding names its feature within 2,000 rows. The dummy pages on every feature every 2,000 rows: it finds everything, at the
 * price that its first column says. "by luck" counts the faults that the stream as it came would have "found" too.
 */
import type { Finding } from '@/lib/alert/finding'
import { type Fault, faultsOf, injectFault } from './fault'
import { type RealSet, realSets } from './sets'
import { findingsOn, yearsOf } from './watch'

const option = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? null : (process.argv[at + 1] ?? '')
}
const folder = process.env.ASSAY_DATA
if (!folder) throw new Error('ASSAY_DATA: the folder with elec2.csv.gz, noaa-weather.csv.gz, …')
const wanted = option('sets')?.split(',')
const turn = Number(option('turn') ?? 1)
const each = Number(option('each') ?? 4)
const unseen = process.argv.includes('--unseen')
const verbose = process.argv.includes('--verbose')
const perEvents = 100_000
const reachRows = 2000
const kinds = ['shift', 'unit', 'outage', 'swap'] as const

const about = (finding: Finding): readonly string[] =>
  finding.subject.features ?? (finding.subject.feature === undefined ? [] : [finding.subject.feature])

function finds(findings: readonly Finding[], fault: Fault): Finding | undefined {
  const [from, to] = [2 * fault.row, 2 * (fault.row + reachRows)]
  return findings.find(
    (finding) =>
      finding.eventIndex >= from &&
      finding.eventIndex < to &&
      about(finding).some((feature) => fault.features.includes(feature)),
  )
}

const cell = (found: number, of: number) => `${found} of ${of}`
const count = (names: readonly string[]) =>
  [...new Set(names)]
    .map((name) => `${name} ×${names.filter((other) => other === name).length}`)
    .sort()
    .join(', ')

/** What comes after the last row at which a fault can be found need not be read. */
const cut = (set: RealSet, rows: number): RealSet => ({ ...set, rows: set.rows.slice(0, rows) })

function row(set: RealSet): void {
  const honest = findingsOn(set, perEvents)
  const years = yearsOf(set)
  const incidents = new Set(honest.map((finding) => finding.incident)).size
  const faults = faultsOf(set, turn, each)
  const tally = new Map<string, { found: number; luck: number; of: number; delays: number[] }>()
  for (const fault of faults) {
    const injected = findingsOn(cut(injectFault(set, fault), fault.row + reachRows), perEvents)
    const found = finds(injected, fault)
    const line = tally.get(fault.kind) ?? { found: 0, luck: 0, of: 0, delays: [] }
    line.of++
    if (found) line.found++
    if (found) line.delays.push(Math.floor(found.eventIndex / 2) - fault.row)
    if (finds(honest, fault)) line.luck++
    tally.set(fault.kind, line)
    if (verbose)
      console.log(
        `    ${fault.kind} ${fault.features.join('+')} ${fault.how} at ${fault.row}: ${found ? `${found.kind} ${about(found).join('+')} after ${Math.floor(found.eventIndex / 2) - fault.row}` : 'missed'}`,
      )
  }
  const lines = kinds.map((kind) => tally.get(kind) ?? { found: 0, luck: 0, of: 0, delays: [] })
  const delays = lines.flatMap((line) => line.delays).sort((a, b) => a - b)
  const sum = (key: 'found' | 'luck' | 'of') => lines.reduce((total, line) => total + line[key], 0)
  const columns = Object.keys(set.rows[0]?.features ?? {}).length
  console.log(
    `| ${set.name} | ${set.rows.length} | ${years.toFixed(1)} | ${honest.length} | ${incidents} | ${(incidents / years).toFixed(1)} | ${lines.map((line) => cell(line.found, line.of)).join(' | ')} | ${cell(sum('found'), sum('of'))} | ${sum('luck')} | ${delays[delays.length >> 1] ?? '–'} |`,
  )
  const pages = Math.floor(set.rows.length / reachRows) * columns
  console.log(
    `| – a page on every feature every ${reachRows} rows | | | ${pages} | ${pages} | ${(pages / years).toFixed(1)} | ${lines.map((line) => cell(line.of, line.of)).join(' | ')} | ${cell(sum('of'), sum('of'))} | ${sum('of')} | ${reachRows / 2} |`,
  )
  if (verbose)
    console.log(
      `    as it came: ${count(honest.map((f) => `${f.kind} ${about(f).join('+') || (f.subject.label ?? '')}`))}`,
    )
}

console.log(
  '| stream | rows | years | findings | incidents | a year | 1 σ | unit | outage | swap | found | by luck | delay, rows |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const set of realSets(folder, (name, seen) => (wanted ? wanted.includes(name) : unseen || seen))) row(set)
