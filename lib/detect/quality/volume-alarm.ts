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

/** A step is looked for within so long about the onset, in this many bins on either side; the hour of the day explains less than `stepRatio` there. */
const stepMs = 20 * 60_000
const [fewestStepBins, mostStepBins] = [4, 15]
/** Step of the log rate that the hour of the day explains in that time; noise comes on top. */
const leastStep = 0.25
/** A gap with so many events due in it, at the end, is a silence of its own, whatever came before. */
const silenceDue = 8

export function trafficChange(feed: TrafficFeed, crossing: BinCrossing): TrafficChange {
  const { recent } = feed
  let from = Math.max(0, Math.min(crossing.from, recent.length - 1))
  let gap = recent.length
  let gapDue = 0
  while (gap > 0 && recent[gap - 1]?.count === 0) gapDue += dueIn(feed, recent[--gap]?.startMs as number)
  // Where the hours are not known yet, the rate just before the gap says what was due.
  const lately = recent.slice(Math.max(0, gap - mostStepBins), gap)
  const rate = lately.reduce((sum, bin) => sum + bin.count, 0) / Math.max(1, lately.length)
  const sure = feed.short ? (recent.length - gap) * rate >= 2 * silenceDue : gapDue >= silenceDue
  if (sure) from = Math.max(from, gap)
  const since = recent.slice(from)
  const came = since.reduce((sum, bin) => sum + bin.count, 0)
  const due = since.reduce((sum, bin) => sum + dueIn(feed, bin.startMs), 0)
  return {
    from,
    bins: since.length,
    came,
    due,
    effect: came / Math.max(1e-9, due) - 1,
    silent: came === 0 && sure,
    sharp: (came === 0 && sure) || isStep(feed, from),
  }
}

/** Is there a split near the onset at which the rate jumps? */
function isStep(feed: TrafficFeed, from: number): boolean {
  const { recent } = feed
  const n = Math.min(mostStepBins, Math.max(fewestStepBins, Math.round(stepMs / feed.widthMs)))
  const sum = (a: number, b: number) => recent.slice(Math.max(0, a), b).reduce((total, bin) => total + bin.count, 0)
  for (let split = Math.max(n, from - 3); split <= Math.min(recent.length - 4, from + n); split++) {
    const after = Math.min(n, recent.length - split)
    const before = sum(split - n, split) / n
    const now = sum(split, split + after) / after
    const noise = Math.sqrt(1 / (n * Math.max(1, before)) + 1 / (after * Math.max(1, now)))
    if (Math.abs(Math.log((now + 0.1) / (before + 0.1))) >= leastStep + 2 * noise) return true
  }
  return false
}

/** The count that is usual for a bin of that time. */
function dueIn(feed: TrafficFeed, startMs: number): number {
  if (!feed.means) return feed.usual
  const cell = trafficCell(startMs + feed.widthMs / 2)
  const n = feed.means.n[cell] as number
  return n > 0 ? ((feed.means.sum[cell] as number) / n) ** 2 / 4 : feed.usual
}

/** @param line at hand, at which it fired. @param ahead bins that it ended and that were not judged one by one. */
export function volumeAlarm(
  name: string,
  feed: TrafficFeed,
  crossing: BinCrossing,
  change: TrafficChange,
  line: number,
  ahead: number,
): Alarm {
  const { came, silent, effect } = change
  const bins = change.bins + (silent ? ahead : 0)
  const due = (change.due * bins) / change.bins
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
    onsetTimeMs: Math.round(since[0]?.startMs ?? feed.clock.timeMs),
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
