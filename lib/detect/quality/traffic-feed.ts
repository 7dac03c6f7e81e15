import { type BinCrossing, type BinUnit, startBinUnit, watchBin } from '@/lib/detect/quality/bin-unit'
import { type EventClock, startClock, tick } from '@/lib/detect/quality/event-clock'
import { planTraffic } from '@/lib/detect/quality/traffic-bins'
import { type CellMeans, level, residual, trafficCell } from '@/lib/detect/quality/traffic-season'

/** One kind of event of a model as traffic: counts by bins of event time, judged when the clock has passed them by what events usually come late. */
export interface TrafficFeed {
  phase: 'first' | 'gathering' | 'armed' | 'off'
  clock: EventClock
  /** Event times of the first rows. */
  times: number[]
  lateMs: number
  originMs: number
  widthMs: number
  /** Bins not closed yet: count, and line of the first event, by number. */
  open: Map<number, { count: number; line: number }>
  /** The number of the next bin to close. */
  next: number
  /** Base bins of the baseline; when it is next asked whether they will do. */
  counts: number[]
  testAt: number
  means: CellMeans | null
  unit: BinUnit | null
  /** Seen for less than a day: what creeps may be the time of the day. */
  short: boolean
  /** Mean count of a bin of the baseline. */
  usual: number
  /** Counts, first lines and starts of the unit's recent bins. */
  recent: { count: number; line: number; startMs: number }[]
  /** Mass received and not spent, and what a bin spends at most: fixed before its count is known. */
  pool: number
  perBin: number
  bins: number
}

const eventsPerBin = 10
const mostFirst = 5000
const mostCounts = 8192
const mostSteps = 500
/** Events in a row behind the clock before it is held to be wrong. */
const mostBehind = 200
const dayMs = 86_400_000

export const startFeed = (): TrafficFeed => ({
  phase: 'first',
  clock: startClock(),
  times: [],
  lateMs: 0,
  originMs: 0,
  widthMs: 0,
  open: new Map(),
  next: 0,
  counts: [],
  testAt: 0,
  means: null,
  unit: null,
  short: false,
  usual: 0,
  recent: [],
  pool: 0,
  perBin: 0,
  bins: 0,
})

/** What the caller knows of the season of the model: none, one not seen whole yet, or one that was. */
export type SeasonSeen = 'none' | 'unseen' | 'seen'

/** Takes an event with its restart mass. @returns what crossed, oldest first; `silent` bins may follow one another within one event. */
export function addTraffic(
  feed: TrafficFeed,
  timeMs: number,
  line: number,
  mass: number,
  rows: number,
  season: SeasonSeen,
  uniform: (n: number) => number,
  crossed: (crossing: BinCrossing, ahead: number) => 'home' | 'goes on',
): void {
  if (feed.phase === 'off') return
  if (feed.phase === 'first') {
    feed.times.push(timeMs)
    if (feed.times.length >= Math.min(mostFirst, rows)) begin(feed)
    return
  }
  feed.pool += mass
  const now = tick(feed.clock, timeMs, Math.max(4 * feed.lateMs, 20 * feed.widthMs))
  if (feed.clock.behind > mostBehind) {
    Object.assign(feed, startFeed())
    return
  }
  const bin = Math.floor((timeMs - feed.originMs) / feed.widthMs)
  // Far ahead of the clock nothing is counted: a wrong date, or the first event after a silence, whose bin is counted from the next one on.
  if (bin >= feed.next && timeMs <= now + Math.max(feed.lateMs, 3 * feed.widthMs)) {
    const held = feed.open.get(bin)
    if (held) held.count++
    else feed.open.set(bin, { count: 1, line })
  }
  const until = Math.floor((now - feed.lateMs - feed.originMs) / feed.widthMs)
  let steps = 0
  while (feed.next < until) {
    const closing = feed.open.get(feed.next)
    feed.open.delete(feed.next)
    const number = feed.next++
    if (++steps > mostSteps && !closing) continue
    if (feed.phase === 'gathering') {
      feed.counts.push(closing?.count ?? 0)
      if (gathered(feed, mass, season)) return
      continue
    }
    const found = watch(feed, number, closing?.count ?? 0, closing?.line ?? Number.NaN, uniform)
    if (found && crossed(found, Math.max(0, until - feed.next)) === 'home') feed.next = Math.max(feed.next, until)
  }
}

/** The first rows are in: how late events come, how wide a bin is. */
function begin(feed: TrafficFeed): void {
  const clock = startClock()
  const late = feed.times.map((timeMs) => Math.max(0, tick(clock, timeMs) - timeMs)).sort((a, b) => a - b)
  const sorted = Float64Array.from(feed.times).sort()
  const from = sorted[Math.floor(0.005 * sorted.length)] as number
  const spanMs = clock.timeMs - from
  feed.lateMs = late[Math.floor(0.995 * (late.length - 1))] as number
  if (!(spanMs > 0) || feed.lateMs > 0.2 * spanMs) {
    feed.phase = 'off'
    feed.times = []
    return
  }
  feed.phase = 'gathering'
  feed.clock = clock
  feed.originMs = from
  feed.widthMs = Math.max(1, Math.round((spanMs * eventsPerBin) / feed.times.length))
  for (const timeMs of feed.times) {
    const bin = Math.floor((timeMs - from) / feed.widthMs)
    if (bin < 0) continue
    const held = feed.open.get(bin)
    if (held) held.count++
    else feed.open.set(bin, { count: 1, line: 0 })
  }
  // The bins of these rows are looked at together.
  feed.testAt = Math.floor((0.95 * feed.times.length) / eventsPerBin)
  feed.times = []
}

/** A base bin more. @returns true when the bins were laid out anew. */
function gathered(feed: TrafficFeed, mass: number, season: SeasonSeen): boolean {
  const { counts } = feed
  if (counts.length >= mostCounts && counts.length % 2 === 0) {
    feed.counts = Array.from(
      { length: counts.length / 2 },
      (_, i) => (counts[2 * i] as number) + (counts[2 * i + 1] as number),
    )
    widen(feed, 2)
    return true
  }
  if (counts.length < Math.max(50, feed.testAt) || season === 'unseen') return false
  feed.testAt = Math.ceil(1.25 * counts.length)
  const plan = planTraffic(counts, feed.originMs, feed.widthMs, season === 'seen')
  if (!plan) return false
  feed.short = !plan.means && counts.length * feed.widthMs < dayMs
  feed.usual = (counts.reduce((a, b) => a + b, 0) / counts.length) * plan.group
  feed.means = plan.means
  feed.unit = startBinUnit(plan.scores)
  feed.perBin = mass * Math.max(1, feed.usual)
  feed.pool = feed.perBin
  feed.counts = []
  feed.phase = 'armed'
  widen(feed, plan.group)
  return true
}

/** `by` bins become one; the one that has begun is left out. */
function widen(feed: TrafficFeed, by: number): void {
  const open = new Map<number, { count: number; line: number }>()
  for (const [number, { count, line }] of feed.open) {
    const wide = Math.floor(number / by)
    const held = open.get(wide)
    if (held) {
      held.count += count
      held.line = Math.min(held.line, line)
    } else open.set(wide, { count, line })
  }
  feed.next = Math.ceil(feed.next / by)
  for (const number of open.keys()) if (number < feed.next) open.delete(number)
  feed.open = open
  feed.widthMs *= by
}

function watch(
  feed: TrafficFeed,
  number: number,
  count: number,
  line: number,
  uniform: (n: number) => number,
): BinCrossing | null {
  const unit = feed.unit as BinUnit
  const startMs = feed.originMs + number * feed.widthMs
  let score = count
  if (feed.means) {
    const cell = trafficCell(startMs + feed.widthMs / 2)
    score = residual(feed.means, cell, level(count), false)
    if (!unit.provisional) {
      feed.means.sum[cell] = (feed.means.sum[cell] as number) + level(count)
      feed.means.n[cell] = (feed.means.n[cell] as number) + 1
    }
    if (Number.isNaN(score)) return null
  }
  const spend = Math.min(feed.pool, feed.perBin)
  feed.pool -= spend
  const found = watchBin(unit, score, spend, uniform(feed.bins++))
  feed.recent.push({ count, line, startMs })
  if (!found) while (feed.recent.length > unit.recent.length) feed.recent.shift()
  if (unit.recent.length === 0) feed.recent = []
  return found
}
