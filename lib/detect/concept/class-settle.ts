import { armOn } from '@/lib/detect/concept/class-arm'
import { type ClassFamily, type ClassUnit, isLeaf } from '@/lib/detect/concept/class-family'
import { labelledRows } from '@/lib/detect/concept/like-rows'
import { noClass, oldest } from '@/lib/detect/concept/open-predictions'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Frame } from '@/lib/detect/frame'
import { totalEvidence } from '@/lib/evidence/e-detector'

/**
 * Units of classes between an alarm and their next arming: they wait for rows of the new level, and leaves are fitted again as those grow.
 */

const settleRows = 500
/** Rows on which the labels of like rows are watched again: in the baseline's leaves, and in new ones, which are fitted again as rows grow. */
const homeRows = 300
const leafRows = 500
const refitGrowth = 1.5
const lastRefitRows = 6000
/** Evidence, in false incidents, up to which a leaf unit may be fitted anew; and rows until it is asked again. */
const quiet = 0.01
const refitPause = 200
/** Puts the unit to rest until there are rows enough since the onset, and the event has come. */
export function rearm(state: ConceptState, frame: Frame, one: ClassUnit, from: number, untilEvent: number): void {
  one.unit = null
  one.provisional = true
  one.refit = null
  const rows = one.name === 'leaf' ? leafRows : one.name === 'home' ? homeRows : untilEvent > 0 ? 100 : settleRows
  const come = labelledSince(state, from)
  one.wait = { from, rows, come, untilEvent }
  settleUnit(state, frame, one)
}
function labelledSince(state: ConceptState, from: number): number {
  const { open } = state
  let come = 0
  for (let n = Math.max(from, oldest(open)); n < open.next; n++) if (open.label[n % open.capacity] !== noClass) come++
  return come
}
/** Counts a labelled row towards the units that wait, and ends an episode that is over. */
export function settleClasses(state: ConceptState, frame: Frame, prediction: number): void {
  const family = state.classFamily as ClassFamily
  for (const one of family.units) {
    if (one.wait && prediction >= one.wait.from) one.wait.come++
    if (one.refit && prediction >= one.refit.from) one.refit.come++
    if (one.wait) settleUnit(state, frame, one)
    if (one.refit && one.refit.come >= one.refit.rows) {
      // What is gathering evidence is not told anew by the rows that are its evidence.
      if (one.unit && totalEvidence(one.unit.evidence) > quiet) {
        one.refit.rows += refitPause
        continue
      }
      const { from, rows } = one.refit
      one.refit = null
      armOn(family, one, state.open, state.book, frame, since(state, from))
      planRefit(one, from, rows)
    }
  }
  const { episode } = state
  if (!episode || episode.closed || state.events < episode.closes) return
  episode.closed = true
  if (!state.prompt) return
  for (const one of family.units) {
    if (!one.unit || isLeaf(one.name)) continue
    const rows = since(state, episode.onset)
    if (rows.length < 100) continue
    armOn(family, one, state.open, state.book, frame, one.name === 'label' ? rows : rows.slice(0, settleRows))
    one.provisional = true
  }
}
function settleUnit(state: ConceptState, frame: Frame, one: ClassUnit): void {
  const { wait } = one
  if (!wait || wait.come < wait.rows || state.events < wait.untilEvent) return
  const rows = since(state, wait.from)
  const family = state.classFamily as ClassFamily
  const latest =
    (one.name === 'error' || one.name === 'confidence') && wait.untilEvent > 0 ? rows.slice(0, settleRows) : rows
  if (!armOn(family, one, state.open, state.book, frame, latest)) return
  if (one.name === 'leaf') planRefit(one, wait.from, wait.come)
}
function planRefit(one: ClassUnit, from: number, come: number): void {
  const rows = Math.ceil(refitGrowth * come)
  if (rows <= lastRefitRows) one.refit = { from, rows, come, untilEvent: 0 }
}
const since = (state: ConceptState, from: number): number[] =>
  labelledRows(state.open, state.open.capacity).filter((n) => n >= from)
