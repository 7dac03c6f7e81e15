import { armOnApproved } from '@/lib/detect/concept/class-arm'
import { type ClassFamily, type ClassUnit, isLeaf, walkOf } from '@/lib/detect/concept/class-family'
import { noClass, oldest } from '@/lib/detect/concept/open-predictions'
import type { ShareUnit } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Alarm, Return } from '@/lib/detect/detector'
import type { Frame } from '@/lib/detect/frame'

/**
 * Is the approved baseline back? By what the labels of like rows say, or, where there are no leaves, by the errors alone.
 */

/** What an alarm and its silence need to know. */
export interface Judged {
  readonly alarm: Alarm | null
  readonly back: Return | null
}
/**
 * Is the approved baseline back? The mix of the classes when it is likelier under the approved counts; the rule only if the errors fell with it: for
 * a model that learned the new rule meanwhile, the old one coming back is a change.
 */
export function hasReturned(
  state: ConceptState,
  frame: Frame,
  family: ClassFamily,
  one: ClassUnit,
  effect: { readonly all: Float64Array },
  onset: number,
): boolean {
  if (one.name === 'label')
    return closer(
      pooled(one.approved, family.labels),
      pooled((one.unit as ShareUnit).reference, family.labels),
      effect.all,
    )
  const { open } = state
  const rate = (from: number, to: number) => {
    let rows = 0
    let wrong = 0
    for (let n = Math.max(from, oldest(open)); n < to; n++) {
      const place = n % open.capacity
      if (open.label[place] === noClass) continue
      rows++
      if (open.label[place] !== open.predicted[place]) wrong++
    }
    return rows > 0 ? wrong / rows : Number.NaN
  }
  const error = family.units.find((other) => other.name === 'error')
  if (!error || !state.episode) return false
  const [right = 0, wrong = 0] = pooled(error.approved, 2)
  const approved = wrong / Math.max(1, right + wrong)
  const before = rate(state.episode.onset, onset)
  const now = rate(onset, open.next)
  if (!(before > approved + 0.02 && Math.abs(now - approved) < Math.abs(now - before))) return false
  const home = family.units.find((other) => other.name === 'home')
  if (!home?.unit || !home.provisional) return true
  const { approved: then, unit } = home
  const walk = walkOf(family, home, open, frame, onset)
  let nats = 0
  for (let i = 0; i < walk.n; i++) {
    const s = walk.strata[i] as number
    const code = walk.codes[i] as number
    if (s >= 0) nats += Math.log(share(then, s, code, family.labels) / share(unit.reference, s, code, family.labels))
  }
  return nats > 0
}
function share(counts: Float64Array, stratum: number, code: number, codes: number): number {
  let total = 0
  for (let c = 0; c < codes; c++) total += counts[stratum * codes + c] as number
  return ((counts[stratum * codes + code] as number) + 0.5) / (total + 0.5 * codes)
}
function pooled(counts: Float64Array, codes: number): Float64Array {
  const out = new Float64Array(codes)
  for (let i = 0; i < counts.length; i++) out[i % codes] = (out[i % codes] as number) + (counts[i] as number)
  return out
}
function closer(approved: Float64Array, provisional: Float64Array, current: Float64Array): boolean {
  let nats = 0
  for (let c = 0; c < current.length; c++)
    nats +=
      (current[c] as number) *
      Math.log(share(approved, 0, c, current.length) / share(provisional, 0, c, current.length))
  return nats > 0
}
export function goBack(state: ConceptState, family: ClassFamily, one: ClassUnit, onset: number, line: number): Judged {
  const units = one.name === 'label' ? [one] : family.units
  for (const unit of units) {
    armOnApproved(unit, family, state.open)
    unit.refit = null
  }
  if (one.name !== 'label') state.episode = null
  state.back = 0
  const place = onset % state.open.capacity
  const kind = one.name === 'label' ? 'drift.label' : 'drift.concept'
  const onsetIndex = state.open.line[place] as number
  return { alarm: null, back: { kind, unit: one.name, subject: {}, eventIndex: line, onsetIndex } }
}
/** Nats at which a fallen error counts as back. */
const backAt = 12
/** Where there are no leaves to tell: the cumulative sum of the log-likelihood ratio of the approved error over the provisional one. */
export function errorIsBack(state: ConceptState, wrong: boolean, prediction: number, line: number): Return | null {
  const family = state.classFamily as ClassFamily
  const error = family.units.find((one) => one.name === 'error')
  if (!error?.provisional || !error.unit || family.units.some((one) => isLeaf(one.name))) return null
  const rate = (counts: Float64Array) => share(pooled(counts, 2), 0, 1, 2)
  const approved = rate(error.approved)
  const provisional = rate(error.unit.reference)
  if (approved >= provisional) return null
  state.back = Math.max(
    0,
    state.back + (wrong ? Math.log(approved / provisional) : Math.log((1 - approved) / (1 - provisional))),
  )
  if (state.back < backAt) return null
  return goBack(state, family, error, prediction, line).back
}
