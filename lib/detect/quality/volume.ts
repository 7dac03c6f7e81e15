import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { type BinCrossing, type BinUnit, bringBinsHome, settleBinUnit } from '@/lib/detect/quality/bin-unit'
import { addTraffic, type SeasonSeen, startFeed, type TrafficFeed } from '@/lib/detect/quality/traffic-feed'
import { trafficChange, volumeAlarm } from '@/lib/detect/quality/volume-alarm'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * Traffic that drops, surges or falls silent.
 *
 * Watches   predictions, and training rows, by counts of bins of event time: about ten events wide, or as wide as it takes until the baseline's counts are
 *           independent (bursts, a wandering rate); with the hour's mean taken out where the traffic follows hours, from a whole week on.
 * Misses    a silence that no later event ends; traffic too uneven for its length to have independent bins; changes within a bin; and, while less
 *           than a day was seen, whatever may be the time of the day: what creeps.
 * Assumes   bins independent while nothing changes, whatever their distribution. Constant or random event times are not watched.
 * Evidence  conformal ranks of counts (bin-unit.ts). A bin is judged when the event clock, a median, has passed it by the baseline's lateness; its mass
 *           was fixed before its count was known.
 * Effect    events that came over those due, less one; between −`least` and `least` the new level is taken on without a word.
 * Source    Vovk & Wang 2021; Shin, Ramdas & Rinaldo 2022.
 *
 * @example  random arrivals, a minute apart in the mean; none for 800 minutes after row 5,000, budget 1 per 100,000 lines → one finding at 5,002.
 */
export interface VolumeParams {
  readonly least: number
}

export interface VolumeState {
  version: number
  baselineRows: number
  feeds: TrafficFeed[]
}

const version = 1
/** Bins since the onset after which what has no step is held to creep. */
const mostWait = 40
const names = ['predictions', 'training rows'] as const

export const volume: Detector<VolumeParams, VolumeState> = {
  id: 'quality/volume',
  version,
  reads: ['ml.prediction.v1', 'ml.training.v1'],
  spendsOn: ['ml.prediction.v1', 'ml.training.v1'],
  share: { 'ml.prediction.v1': 0.05, 'ml.training.v1': 0.03 },
  minSample: 2000,
  params: { least: 0.25 },

  init: (_params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    feeds: names.map(startFeed),
  }),

  idle: (state) =>
    state.feeds.every((feed) => feed.phase === 'off' || (feed.phase === 'first' && feed.times.length === 0)),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      const which = event.type === 'ml.prediction.v1' ? 0 : 1
      if (which === 1 && event.type !== 'ml.training.v1') continue
      const frame = ctx.frame(arrival)
      const feed = state.feeds[which] as TrafficFeed
      if (feed.phase === 'off') continue
      const season: SeasonSeen =
        frame.cells === 1 || (which === 1 && !(frame.cells > 1)) ? 'none' : frame.armed ? 'seen' : 'unseen'
      const name = names[which] as string
      addTraffic(
        feed,
        event.timeMs,
        index,
        ctx.mass(arrival),
        state.baselineRows,
        season,
        (n) => ctx.uniform(name, n),
        (crossing, ahead) => judge(feed, name, crossing, ahead, index, alarms, returns),
      )
    }
    return { state, alarms, returns }
  },

  standing: (state, limit) => {
    const standings: UnitStanding[] = state.feeds.flatMap((feed, which) =>
      feed.unit
        ? [
            {
              kind: 'quality.volume',
              unit: `volume=${names[which]}`,
              subject: {},
              ...reportEvidence(feed.unit.evidence),
              effect: latestEffect(feed),
              n: feed.unit.evidence.updates,
            },
          ]
        : [],
    )
    return worstFirst(standings, limit)
  },
}

function judge(
  feed: TrafficFeed,
  name: string,
  crossing: BinCrossing,
  ahead: number,
  line: number,
  alarms: Alarm[],
  returns: Return[],
): 'home' | 'goes on' {
  const unit = feed.unit as BinUnit
  const change = trafficChange(feed, crossing)
  if (unit.provisional && Math.abs(Math.log(change.effect + 1 + 1e-3)) < Math.log(1 + volume.params.least)) {
    const first = feed.recent.slice(change.from).find((bin) => !Number.isNaN(bin.line))
    const onsetIndex = Math.min(line, first?.line ?? line)
    returns.push({ kind: 'quality.volume', unit: `volume=${name}`, subject: {}, eventIndex: line, onsetIndex })
    bringBinsHome(unit)
    feed.recent = []
    return 'goes on'
  }
  const creeps = feed.short && !change.sharp
  if (creeps && change.bins < mostWait) return 'goes on'
  if (!creeps && Math.abs(change.effect) >= volume.params.least)
    alarms.push(volumeAlarm(name, feed, crossing, change, line, ahead))
  if (change.silent) {
    // It is over: an event has ended it.
    bringBinsHome(unit)
    feed.recent = []
    return 'home'
  }
  settleBinUnit(unit, change.from)
  feed.recent = unit.recent.length > 0 ? feed.recent.slice(change.from) : []
  return 'goes on'
}

/** Of the latest bins, over what is usual in the mean. */
function latestEffect(feed: TrafficFeed): number {
  const latest = feed.recent.slice(-20)
  if (latest.length < 5 || feed.usual <= 0) return 0
  return latest.reduce((sum, bin) => sum + bin.count, 0) / latest.length / feed.usual - 1
}
