import { width } from './compact'
import { expandRow, predict } from './expand'
import type { Holder } from './holders'
import type { Influence } from './influence'
import { addRow } from './moments'
import { pullOf } from './pull'

const scaled = new Float64Array(width)
const f = new Float64Array(64)
const p = new Float64Array(64)
const t = new Float64Array(64)

/** Learns the row of columns `x`, as so many. @returns what one of them did to the loss on the panel, first order. */
export function learnRow(
  influence: Influence,
  x: Float64Array,
  classes: number,
  y: number,
  ofOrigin: Holder | null,
  ofLabeler: Holder | null,
  weight: number,
): number {
  const { outputs, weights, pull } = influence
  predict(weights, outputs, classes, x, 0, f, p)
  const root = expandRow(f, p, classes, y, t)
  const times = Math.sqrt(weight)
  for (let c = 0; c < width; c++) scaled[c] = root * times * (x[c] as number)
  if (times !== 1) for (let k = 0; k < classes; k++) t[k] = times * (t[k] as number)
  addRow(ofOrigin?.moments ?? influence.origins.rest, scaled, t, outputs, weight)
  if (ofLabeler) addRow(ofLabeler.moments, scaled, t, outputs, weight)
  if (!pull) return 0
  const { moved, most } = pullOf(pull, outputs, classes, x, p, y)
  for (const holder of [ofOrigin, ofLabeler]) {
    if (!holder) continue
    holder.influence += weight * moved
    holder.reach += weight * most
  }
  return moved
}
