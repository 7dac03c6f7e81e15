import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { numberOf } from '@/lib/learn/place/recent'
import { accuseItem } from './accuse-item'
import { raterOf } from './item-key'
import { evidenceOfItem, type Item, isPushedUp, tail, touchItem, weighRater, weighRating } from './items'
import { addResidual, learnRating, rankOf, residualOf } from './residual'
import type { ShillingState } from './shilling-state'
import { firstRows, isNew, isYoung, speak } from './voices'

type Training = EventOf<'ml.training.v1'>
/** A row has to be rated by this many at least before anything is held against its item. */
const leastRatings = 8
const slackTail = 1.3
const slackYoung = 1.3
const slackAgain = 2
const pseudoRows = 40

/** Holds a rating for or against its items. @returns the row's suspicion. */
export function takeRating(
  state: ShillingState,
  arrival: Arrival<Training>,
  y: number,
  ctx: Context,
  alarms: Alarm[],
): number {
  const { event, index } = arrival
  const { data } = event
  const { voices, residuals } = state
  const rater = raterOf(data)
  const voice = numberOf(rater)
  const young = isYoung(voices, voice)
  const share = Math.max(voices.youngLong / Math.max(1, Math.min(voices.rows, 8192)), voices.youngShort / 512)
  speak(voices, voice, isNew(voices, voice, young))
  const teaches = !young || share > 0.5
  const keys = state.keys.keys ?? [...state.keys.seen.keys()]
  const mass = state.keys.keys ? ctx.mass(arrival) / keys.length : 0
  let worst = 0
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as string
    const value = data.features[key]
    if (value === undefined || value === null) continue
    const item = touchItem(state.items, key, String(value).slice(0, 120))
    if (!item) continue
    const z = residualOf(residuals, rater, item.mean, y)
    if (mass > 0 && item.mean.rows >= 5 && voices.rows > firstRows) {
      const often = (state.again + 1) / (state.rated + 200)
      const usual = { young: Math.min(0.95, slackYoung * share + 0.01), again: Math.min(0.9, slackAgain * often) }
      const again = weighRater(item, voice, young, usual, mass)
      if (k === 0 && !item.accused) {
        state.rated++
        if (again) state.again++
      }
      if (young) {
        const rank = rankOf(residuals, z)
        const up = usualTail(state.youngUp, state.youngRows)
        const down = usualTail(state.youngDown, state.youngRows)
        weighRating(
          item,
          { id: event.id, index, timeMs: event.timeMs, z, rank, origin: data.origin.id, labeler: data.labeler },
          { up, down },
          mass,
        )
        if (k === 0 && !item.accused) {
          state.youngRows++
          if (rank < tail) state.youngUp++
          if (rank > 1 - tail) state.youngDown++
        }
        const m = evidenceOfItem(item)
        // Who goes the other way is none of those who push.
        const along = isPushedUp(item) ? 0.5 - rank : rank - 0.5
        const extreme = Math.max(0, Math.min(1, 2.5 * along))
        if (item.accused) worst = Math.max(worst, along < 0 ? 0 : 0.55 + 0.4 * extreme)
        else worst = Math.max(worst, 0.8 * extreme * Math.max(0, Math.min(1, 1 - Math.log(m) / Math.log(mass))))
        if (m >= 1 && !item.accused && item.suspects.length >= leastRatings) convict(item, arrival, ctx, alarms)
      }
    }
    if (k === 0) addResidual(residuals, z)
    learnRating(residuals, rater, item.mean, y, teaches && k === 0)
    if (k > 0 && teaches) {
      item.mean.sum += y - residuals.sum / Math.max(1, residuals.rows)
      item.mean.rows++
    }
    if (item.accused && young) {
      ctx.learner.witness(arrival)
      ctx.learner.withhold()
    }
  }
  return worst
}

/** Share of new raters in a tail, with slack. */
const usualTail = (hits: number, rows: number): number =>
  Math.min(0.9, slackTail * Math.max(tail, (hits + pseudoRows * tail) / (rows + pseudoRows)))

function convict(item: Item, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const alarm = accuseItem(item, arrival.index)
  if (!alarm) return
  alarms.push(alarm)
  item.accused = true
  ctx.learner.witness(arrival)
  const named = new Set(alarm.subject.eventIds)
  for (const { id, origin, labeler } of item.suspects)
    if (named.has(id)) ctx.learner.distrust(labeler === undefined ? { origin } : { labeler })
}
