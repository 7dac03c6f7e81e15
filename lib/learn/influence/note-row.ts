import type { GoldenRow } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { spread } from '@/lib/learn/inputs/hash'
import { numberOf } from '@/lib/learn/place/recent'
import type { Learner } from '@/lib/learn/witness'
import { type Compact, compactRow, width } from './compact'
import { keepDoubted } from './doubted'
import { refit } from './fit'
import { freeze } from './freeze'
import { holderOf, mostLabelers, mostOrigins } from './holders'
import { growOutputs, type Influence } from './influence'
import { learnRow } from './learn-row'
import type { Moments } from './moments'
import { offerRow, putRow } from './panel'
import { addTo } from './sums'

/** Rows judged before the columns are frozen, unless somebody asks earlier. */
const freezeRows = 1000
/** Rows of a source that are all taken; and the fewest that are taken later, one in so many. */
const fewRows = 512
const mostEach = 16
/** One row in so many is offered to the sample of others' rows. */
const rowsPerOffer = 4
const x = new Float64Array(width)

/** Takes a training row in, after it was judged and before it is learned; other events are passed by. */
export function noteRow(influence: Influence, learner: Learner, arrival: Arrival, golden: readonly GoldenRow[]): void {
  if (arrival.event.type !== 'ml.training.v1') return
  const witness = learner.witness(arrival as Arrival<EventOf<'ml.training.v1'>>)
  const { judged, y, shadow } = witness
  // Of numbers a class says how a label lies to what the learner expects: no learner of classes is to be made of that.
  if (!judged || y < 0 || shadow.classes.task === 'regression') return
  influence.rows++
  if (!influence.compact) {
    if (influence.rows < freezeRows || judged.classes < 2) return
    freeze(influence, shadow, golden)
  }
  const { data } = arrival.event
  growOutputs(influence, judged.classes)
  const ofOrigin = holderOf(influence.origins, data.origin.id, influence.outputs, mostOrigins)
  const moments = ofOrigin?.moments ?? influence.origins.rest
  const weight = weightOf(moments)
  // Of the rows that are not taken, others stand for them: they count all the same.
  moments.rows += weight === 0 ? 1 : 1 - weight
  const isDoubted = y !== judged.favourite
  const isOffered = influence.rows % rowsPerOffer === 0 && !witness.distrusted && witness.testifies
  const place = isOffered ? offerRow(influence.others) : -1
  if (weight > 0 || isDoubted || place >= 0) {
    compactRow(influence.compact as Compact, witness.active, x)
    if (weight > 0) {
      const ofLabeler =
        data.labeler === undefined ? null : holderOf(influence.labelers, data.labeler, influence.outputs, mostLabelers)
      const moved = learnRow(influence, x, judged.classes, y, ofOrigin, ofLabeler, weight)
      if (data.batch !== undefined) addTo(influence.batches, data.batch, moved, weight)
      if (data.feed !== undefined) addTo(influence.feeds, data.feed, moved, weight)
    }
    if (place >= 0) putRow(influence.others, place, x, y, numberOf(data.origin.id), sliceOf(data.segment))
    if (isDoubted) keepDoubted(influence.doubted, numberOf(arrival.event.id), x, y)
  }
  if (influence.rows >= influence.nextFit) refit(influence, shadow.classes.names.length)
}

const sliceOf = (segment: Readonly<Record<string, unknown>> | undefined): string => {
  for (const key in segment) return `${key}=${String(segment[key])}`
  return ''
}

/**
 * What a row stands for: itself while its source has few rows; later one in so many is taken, for as many. A source's sums then have as much to say of a
 * big source as of a middling one, at a cost that does not grow with it. 0: not this one.
 */
function weightOf({ rows }: Moments): number {
  if (rows < fewRows) return 1
  const each = Math.min(mostEach, 2 ** (1 + Math.floor(Math.log2(rows / fewRows))))
  return spread(rows) % each === 0 ? each : 0
}
