import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import { categoricalFeature } from '@/lib/detect/drift/categorical-feature'
import { errorDrift } from '@/lib/detect/drift/error'
import { numericFeature } from '@/lib/detect/drift/numeric-feature'
import { framesOf, startFrame } from '@/lib/detect/frame'
import type { Arrival } from '@/lib/event/types'
import { sharesByType } from '@/lib/monitor/shares'
import { hashUniform } from '@/lib/stats/hash-uniform'

// biome-ignore lint/suspicious/noExplicitAny: each detector's state is its own affair.
export const driftDetectors: readonly Detector<any, any>[] = [numericFeature, categoricalFeature, errorDrift]
const share = sharesByType(driftDetectors)

/** The drift detectors over a stream in memory, with a budget of one false incident in `perEvents` lines (safety factor 2, as the monitor's). */
export function watch(arrivals: readonly Arrival[], perEvents: number): { alarms: Alarm[]; microseconds: number } {
  const base = { model: 'bench', config: {}, golden: [] }
  const alarms: Alarm[] = []
  const start = process.cpuUsage()
  for (const detector of driftDetectors) {
    const context: Context = {
      ...base,
      mass: (a) => share(detector.id, a.event.type) / (2 * perEvents),
      uniform: hashUniform,
      frame: framesOf(startFrame({})),
      excluded: { origin: () => false },
    }
    const step = detector.update(detector.init(detector.params, base), arrivals, context)
    for (const alarm of step.alarms) alarms.push(alarm)
  }
  const spent = process.cpuUsage(start)
  // CPU time, not the clock's: other work on the machine does not count.
  const microseconds = (spent.user + spent.system) / Math.max(1, arrivals.length)
  return { alarms: alarms.sort((a, b) => a.eventIndex - b.eventIndex), microseconds }
}
