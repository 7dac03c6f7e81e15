import type { NumberColumn } from './columns'
import type { Random } from './random'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Event times over some days, denser by day than by night where `traffic`; in order. Starts at midnight of a random day. */
export function overDays(random: Random, rows: number, days: number, traffic: boolean): number[] {
  const start = Date.UTC(2025, random.below(12), 1 + random.below(28))
  const times: number[] = []
  while (times.length < rows) {
    const at = start + Math.floor(random.uniform() * days * dayMs)
    const hour = (at % dayMs) / hourMs
    if (!traffic || random.chance(0.55 - 0.4 * Math.cos((2 * Math.PI * (hour - 3)) / 24))) times.push(at)
  }
  return times.sort((a, b) => a - b)
}

/** How each number column goes through its day (and week), in standard deviations: some strongly, some not at all. */
export function anySeason(
  random: Random,
  columns: readonly NumberColumn[],
  weekly: 'none' | 'weekend' | 'weekdays',
): (column: NumberColumn, ms: number) => number {
  const parts = new Map(
    columns.map((column) => [
      column,
      {
        day: random.chance(0.7) ? 0.5 + random.uniform() : 0,
        phase: 24 * random.uniform(),
        second: 0.4 * random.normal(),
        week: weekly === 'none' ? Array(7).fill(0) : weekAmounts(random, weekly),
      },
    ]),
  )
  return (column, ms) => {
    const part = parts.get(column)
    if (!part) return 0
    const hour = (ms % dayMs) / hourMs
    const angle = (2 * Math.PI * (hour - part.phase)) / 24
    return part.day * (Math.sin(angle) + part.second * Math.sin(2 * angle)) + (part.week[new Date(ms).getUTCDay()] ?? 0)
  }
}

function weekAmounts(random: Random, weekly: 'weekend' | 'weekdays'): number[] {
  const size = random.chance(0.7) ? 1 : 0
  const weekend = size * random.normal()
  // Saturday and Sunday alike, or each weekday its own.
  return Array.from({ length: 7 }, (_, day) =>
    weekly === 'weekdays' ? 0.8 * size * random.normal() : day === 0 || day === 6 ? weekend : 0,
  )
}
