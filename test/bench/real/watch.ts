import type { Finding } from '@/lib/alert/finding'
import { createMonitor } from '@/lib/monitor/monitor'
import { eventsOf } from './events'
import type { RealSet } from './sets'

/** Our findings on a real stream, nothing configured but the budget; lines are even for predictions, odd for labels. */
export function findingsOn(set: RealSet, perEvents: number): Finding[] {
  const monitor = createMonitor({ model: set.name, config: { budget: { perEvents } } })
  const findings: Finding[] = []
  for (const arrival of eventsOf(set))
    for (const output of monitor.accept(arrival)) if (output.type === 'finding') findings.push(output)
  return findings
}

const yearMs = 365.25 * 86_400_000

export function yearsOf(set: RealSet): number {
  const first = set.rows[0]?.timeMs ?? 0
  return ((set.rows.at(-1)?.timeMs ?? first) - first) / yearMs
}
