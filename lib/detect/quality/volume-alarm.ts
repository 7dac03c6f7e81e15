import type { Alarm } from '@/lib/detect/detector'
import { brief } from '@/lib/detect/drift/words'
import type { BinCrossing } from '@/lib/detect/quality/bin-unit'
import type { TrafficFeed } from '@/lib/detect/quality/traffic-feed'
import { trafficCell } from '@/lib/detect/quality/traffic-season'

/** What came in the bins since a crossing began, against what usually comes. */
export interface TrafficChange {
  from: number
  bins: number
  came: number
  due: number
  /** came / due − 1. */
  effect: number
  silent: boolean
  /** Does the rate just after the onset differ enough from the one just before it, for a change that no hour of the day explains? */
  sharp: boolean
}

const stepBins = 5
const stepRatio = 1.6

export function trafficChange(feed: TrafficFeed, crossing: BinCrossing): TrafficChange {
  const from = Math.max(0, Math.min(crossing.from, feed.recent.length - 1))
  const since = feed.recent.slice(from)
  const came = since.reduce((sum, bin) => sum + bin.count, 0)
  const due = since.reduce((sum, bin) => sum + dueIn(feed, bin.startMs), 0)
  const before = feed.recent.slice(Math.max(0, from - stepBins), from)
  const after = since.slice(0, stepBins)
  const mean = (bins: readonly { count: number }[]) => bins.reduce((sum, bin) => sum + bin.count, 0) / bins.length
  const was = before.length > 0 ? mean(before) : feed.usual
  const ratio = (mean(after) + 0.5) / (was + 0.5)
  return {
    from,
    bins: since.length,
    came,
    due,
    effect: came / Math.max(1e-9, due) - 1,
    silent: came === 0,
    sharp: ratio >= stepRatio || ratio <= 1 / stepRatio,
  }
}

/** The count that is usual for a bin of that time. */
function dueIn(feed: TrafficFeed, startMs: number): number {
  if (!feed.means) return feed.usual
  const cell = trafficCell(startMs + feed.widthMs / 2)
  const n = feed.means.n[cell] as number
  return n > 0 ? ((feed.means.sum[cell] as number) / n) ** 2 / 4 : feed.usual
}

/** @param line at hand, at which it fired. */
export function volumeAlarm(
  name: string,
  feed: TrafficFeed,
  crossing: BinCrossing,
  change: TrafficChange,
  line: number,
): Alarm {
  const { came, due, bins, silent, effect } = change
  const since = feed.recent.slice(change.from)
  const first = since.find((bin) => !Number.isNaN(bin.line))
  const hours = brief((bins * feed.widthMs) / 3_600_000)
  const more = effect > 0
  return {
    kind: 'quality.volume',
    unit: `volume=${name}`,
    subject: {},
    eventIndex: line,
    onsetIndex: Math.min(line, first?.line ?? line),
    onsetTimeMs: since[0]?.startMs ?? feed.clock.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect,
    effectUnit: 'share of the usual traffic',
    n: bins,
    severity: silent ? 'critical' : 'warning',
    verdict: silent ? 'pipeline-bug' : 'undetermined',
    why: silent
      ? `no ${name} for ${hours} h of event time, where about ${Math.round(due)} were due`
      : `${came} ${name} in ${hours} h of event time, where about ${Math.round(due)} were due: ${brief(came / Math.max(1e-9, due))} times the usual`,
    test: silent
      ? 'Bins without a single event are far below what this traffic ever showed, its bursts and hours included: a producer or transport stood still. A planned stop would look the same.'
      : more
        ? 'Counts of bins rank above what this traffic showed, its bursts and hours included; more demand and events sent twice look the same.'
        : 'Counts of bins rank below what this traffic showed, its bursts and hours included; less demand and a producer that was lost look the same.',
    comparison: { bins: ['events'], reference: [Math.round(due)], current: [came], unit: 'categorical' },
  }
}
