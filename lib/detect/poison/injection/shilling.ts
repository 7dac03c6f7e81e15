import type { Alarm, Detector, UnitStanding } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { worstFirst } from '@/lib/evidence/report'
import { judgeRows, learnKeys, ratingOf } from './item-key'
import { evidenceOfItem } from './items'
import { type ShillingState, startShilling } from './shilling-state'
import { takeRating } from './take-rating'

/**
 * Shilling: new accounts that rate one item up or down.
 *
 * Watches   in feeds of ratings (numbers as labels or two classes, a feature that names what is rated: ./item-key.ts), each item's ratings by accounts that have just
 *           appeared, beyond the item's usual and the rater's own severity; and how many of its raters are new.
 * Misses    accounts that wait for 3,000 rows; an item that is pushed where it is already; feeds where new accounts rate most of the time; fewer than
 *           about ten ratings; an item of which nothing is known yet.
 * Assumes   new raters of an item are no more of one mind than new raters of others are. Fans of a new item that everybody rates are of one mind too.
 * Evidence  M ← e·(M + mass): tails of the residual's rank among the last 1,000, of new raters only; and new raters among the item's, or the same ones again,
 *           against all items'. Alarm when both are ≥ 1.
 * Effect    mean residual of the item's new raters, in the label's units.
 * Source    Bell & Koren 2007; Mobasher, Burke, Bhaumik & Williams 2007 (push and nuke); recipes/poisoning.md §5.
 *
 * @example  60 items, 200 raters, whole stars; from line 3000 on every twelfth rating is a 5 for item-5 by one of 30 new accounts → one finding at line
 *           3156, onset 3000, {item: "item-5"}.
 */

type Training = EventOf<'ml.training.v1'>

export const shilling: Detector<Record<string, never>, ShillingState> = {
  id: 'poison.injection/shilling',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.2,
  wants: ['influence'],
  minSample: judgeRows,
  params: {},
  idle: (state) => state.keys.keys !== null && state.keys.keys.length === 0,
  init: startShilling,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      const { data } = arrival.event
      if (state.keys.keys === null) learnKeys(state.keys, data)
      if (state.keys.keys?.length === 0) continue
      const y = ratingOf(state.keys, data.label)
      if (!Number.isFinite(y)) continue
      const suspicion = takeRating(state, arrival as Arrival<Training>, y, ctx, alarms)
      if (suspicion > 0) scores.push({ index: arrival.index, suspicion })
    }
    return { state, alarms, scores }
  },
  standing: shillingStanding,
}

function shillingStanding(state: ShillingState, limit: number): UnitStanding[] {
  const units: UnitStanding[] = []
  for (const item of state.items.values()) {
    if (item.updates === 0) continue
    const threshold = -Math.log(item.mass / item.updates)
    const m = evidenceOfItem(item)
    units.push({
      kind: 'poison.injection',
      unit: `${item.key}=${item.value}`,
      subject: { item: item.value },
      logE: m > 0 ? Math.max(-50, Math.log(m) + threshold) : -50,
      threshold,
      effect: 0,
      n: item.suspects.length,
    })
  }
  return worstFirst(units, limit)
}
