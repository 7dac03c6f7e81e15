import type { Features } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'
import type { RealRow, RealSet } from './sets'

/** A fault put into a real stream at a known row, from there to the end. */
export interface Fault {
  readonly kind: 'shift' | 'unit' | 'outage' | 'swap'
  readonly features: readonly string[]
  readonly row: number
  readonly how: string
}

const calendar = ['period', 'month', 'day', 'hour']
const factors = [1000, 0.1, 3.6, 25.4]

/** Faults of every kind, over features and places in turn. `turn` moves both, so that other turns give others. */
export function faultsOf(set: RealSet, turn: number, each: number): Fault[] {
  const names = Object.keys(set.rows[0]?.features ?? {}).filter((name) => watchable(set, name))
  const faults: Fault[] = []
  for (let i = 0; i < each; i++) {
    const place = 0.3 + ((0.37 * (turn * each + i) + 0.11 * turn) % 0.5)
    const row = Math.max(2500, Math.floor(set.rows.length * place))
    const feature = names[(i + turn) % names.length] as string
    const other = names[(i + turn + 1 + (i % (names.length - 1))) % names.length] as string
    const factor = factors[(i + turn) % factors.length] as number
    faults.push({ kind: 'shift', features: [feature], row, how: i % 2 ? '+1 σ' : '−1 σ' })
    faults.push({ kind: 'unit', features: [feature], row, how: `× ${factor}` })
    faults.push({ kind: 'outage', features: [feature], row, how: 'null' })
    if (other !== feature) faults.push({ kind: 'swap', features: [feature, other], row, how: `with ${other}` })
  }
  return faults
}

/** Numbers of many values: a calendar or a flag that is shifted is nothing that one could tell from the calendar. */
function watchable(set: RealSet, name: string): boolean {
  if (calendar.includes(name)) return false
  const values = new Set(set.rows.slice(0, 4000).map((row) => row.features[name]))
  return values.size > 30 && [...values].some(isFiniteNumber)
}

export function injectFault(set: RealSet, fault: Fault): RealSet {
  const [feature = '', other = ''] = fault.features
  const past = set.rows
    .slice(0, fault.row)
    .map((row) => row.features[feature])
    .filter(isFiniteNumber)
  const mean = past.reduce((a, b) => a + b, 0) / past.length
  const sigma = Math.sqrt(past.reduce((a, b) => a + (b - mean) ** 2, 0) / past.length)
  const step = fault.how.startsWith('+') ? sigma : -sigma
  const change = (features: Features): Features => {
    const value = features[feature] ?? null
    const was = isFiniteNumber(value) ? value : Number.NaN
    switch (fault.kind) {
      case 'outage':
        return { ...features, [feature]: null }
      case 'swap':
        return { ...features, [feature]: features[other] ?? null, [other]: value }
      case 'unit':
        return { ...features, [feature]: Number.isNaN(was) ? value : was * Number(fault.how.slice(2)) }
      default:
        return { ...features, [feature]: Number.isNaN(was) ? value : was + step }
    }
  }
  const rows = set.rows.map((row, i): RealRow => (i < fault.row ? row : { ...row, features: change(row.features) }))
  return { name: set.name, rows }
}
