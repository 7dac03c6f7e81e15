import { classAlarm } from '@/lib/detect/concept/class-alarm'
import { classEffect } from '@/lib/detect/concept/class-effect'
import {
  armOn,
  armOnApproved,
  type ClassFamily,
  type ClassUnit,
  isLeaf,
  walkOf,
} from '@/lib/detect/concept/class-family'
import { classMixNats } from '@/lib/detect/concept/class-mix'
import { belongs, type Episode, startEpisode } from '@/lib/detect/concept/episode'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import { labelledRows, walked } from '@/lib/detect/concept/like-rows'
import { noClass, oldest } from '@/lib/detect/concept/open-predictions'
import { type ShareUnit, shareOnset } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import { riseOf } from '@/lib/detect/concept/two-levels'
import { versionNear } from '@/lib/detect/concept/versions'
import type { Alarm, Return } from '@/lib/detect/detector'
import type { Frame } from '@/lib/detect/frame'
import { type Evidence, totalEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'

/** Bounds below which a change is real but too small to page: rise of the error rate; root mean square change of a label's share. */
export interface ClassBounds {
  readonly leastRise: number
  readonly leastMoved: number
}

/** Nats of the leaves over the same rows that an error must have behind it, else it is the learner's own wobble. */
const leafSupport = 3.5
/** Nats of the leaves, by a common multiplier or one by one, that a moved mix of labels must have behind it. */
const mixSupport = 1
/** Nats by which one multiplier a class must explain the labels better than leaf by leaf, for the mix alone to have moved. */
const mixMargin = 1
const labelSupport = 4
/** Nats from which the law of the labels itself has changed, whatever version came with it. */
const leafProof = 6
/** A rise of this much pages without the leaves: then it is the model that broke. */
const greatRise = 0.1
const greatRows = 30
const settleRows = 500
/** Rows on which the labels of like rows are watched again: in the baseline's leaves, and in new ones, which are fitted again as rows grow. */
const homeRows = 300
const leafRows = 500
const refitGrowth = 1.5
const lastRefitRows = 6000
const slackRows = 200
/** Evidence, in false incidents, up to which a leaf unit may be fitted anew; and rows until it is asked again. */
const quiet = 0.01
const refitPause = 200
/** Rows after an episode opened from which the leaves may say that another change began. */
const renewRows = 250

/** What an alarm and its silence need to know. */
export interface Judged {
  readonly alarm: Alarm | null
  readonly back: Return | null
}
const nothing: Judged = { alarm: null, back: null }

export function judgeClass(
  state: ConceptState,
  frame: Frame,
  one: ClassUnit,
  total: number,
  line: number,
  bounds: ClassBounds,
): Judged {
  const family = state.classFamily as ClassFamily
  const { open } = state
  const unit = one.unit as ShareUnit
  const evidence = reportEvidence(unit.evidence, total)
  const walk = walkOf(family, one, open, frame)
  const own = shareOnset(unit, walk)
  const errors = one.name === 'error' || one.name === 'confidence'
  const at = one.name === 'error' && state.prompt ? riseOf(walk) : own.at
  let onset = walked[at] as number
  const walkedOnset = onset
  const effect = classEffect(unit, walk, at)
  let support = 0
  let mix = 0
  let leaves = 0
  let told: ClassUnit | null = null
  for (const other of family.units) {
    if (!isLeaf(other.name) || !other.unit) continue
    leaves++
    const rows = walkOf(family, other, open, frame, walkedOnset - slackRows)
    const seen = shareOnset(other.unit, rows)
    if (seen.nats < support) continue
    support = seen.nats
    told = other
    let until = 0
    while (until < rows.n && (walked[until] as number) >= walkedOnset) until++
    mix = classMixNats(other.unit, rows, until - 1)
    if (errors && !state.prompt && seen.nats > own.nats) onset = walked[seen.at] as number
  }
  const version = support < leafProof ? versionNear(state.versions, onset, line) : null
  const mostly = errors ? Math.max(effect.rise, one.name === 'confidence' ? effect.moved : 0) : effect.moved
  const small = mostly < (errors ? bounds.leastRise : bounds.leastMoved) && effect.n >= 30
  const wobble =
    errors &&
    state.prompt &&
    leaves > 0 &&
    !version &&
    (support < leafSupport
      ? effect.rise < greatRise || effect.n < greatRows
      : (support < leafProof || one.provisional) && effect.rise < bounds.leastRise)
  // Labels that moved because their features did, and follow them as before, are the features' to tell.
  const followed = one.name === 'label' && leaves > 0 && mix < mixSupport && support < labelSupport
  if (small || wobble || followed) {
    rearm(state, frame, one, onset, 0)
    return nothing
  }
  if (one.provisional && hasReturned(state, frame, family, one, effect, onset))
    return goBack(state, family, one, onset, line)

  const classMix = leaves > 0 && one.name === 'label' && mix > support + mixMargin
  const event = state.events
  const renewed = state.episode !== null && isLeaf(one.name) && support >= leafProof && isAfter(state, one, onset)
  const kin = !renewed && belongs(state.episode, state.openedAt, onset, event) ? state.episode : null
  const kind = one.name === 'label' ? 'drift.label' : 'drift.concept'
  // The mix was said to have moved, and nothing else: the leaves go on until they know better.
  if (kin?.mixOnly && isLeaf(one.name) && mix > support + mixMargin) {
    discount(unit.evidence, total)
    return nothing
  }
  const said = kin !== null && (event > kin.closes || kin.kinds.includes(kind))
  // A mix of classes that only follows from the changed rule was said with it.
  const follows = kin !== null && kind === 'drift.label' && !classMix && kin.kinds.includes('drift.concept')
  const where = errors && told && support >= leafSupport ? whereMost(state, frame, told, onset) : ''
  const episode = kin ?? openEpisode(state, frame, family, one, onset, classMix)
  if (kind === 'drift.concept') episode.mixOnly = false
  episode.onset = Math.max(episode.onset, onset)
  if (!episode.kinds.includes(kind)) episode.kinds.push(kind)
  // Leaves that wait for the new level take no row of the old one, now that another unit knows better where it begins.
  for (const leaf of family.units)
    if (isLeaf(leaf.name) && leaf.wait && leaf.wait.from < episode.onset) rearm(state, frame, leaf, episode.onset, 0)
  const alarm =
    said || follows
      ? null
      : classAlarm(state, {
          family,
          one,
          kind,
          effect,
          onset,
          line,
          evidence,
          version,
          support,
          classMix,
          leaf: leaves > 0,
          where,
        })
  rearm(state, frame, one, onset, isLeaf(one.name) || !state.prompt ? 0 : Math.max(event + 1, episode.closes))
  return { alarm, back: null }
}

/** The rows whose labels changed most since the onset, in words. */
function whereMost(state: ConceptState, frame: Frame, one: ClassUnit, onset: number): string {
  const family = state.classFamily as ClassFamily
  if (!one.unit || !one.tree || !state.book) return ''
  const rows = walkOf(family, one, state.open, frame, onset)
  const { worst } = classEffect(one.unit, rows, rows.n)
  return leafWords(one.tree, state.book, Math.floor(worst / family.leafCross.groups))
}

/** The episode opens: a leaf unit that did not alarm learns the new rule from its onset on. */
function openEpisode(
  state: ConceptState,
  frame: Frame,
  family: ClassFamily,
  one: ClassUnit,
  onset: number,
  mixOnly: boolean,
): Episode {
  const episode = startEpisode(onset, state.events)
  episode.mixOnly = mixOnly
  state.episode = episode
  state.openedAt = state.open.next - 1
  if (!mixOnly)
    for (const leaf of family.units) if (isLeaf(leaf.name) && leaf !== one) rearm(state, frame, leaf, onset, 0)
  return episode
}

/** Did it begin well after the episode opened, by a unit that knows the level since? Then it is another change, however soon. */
function isAfter(state: ConceptState, one: ClassUnit, onset: number): boolean {
  const { open, openedAt } = state
  return onset > openedAt + renewRows && one.armedAt > (open.judgedAt[openedAt % open.capacity] as number)
}

/** A unit that must not speak yet is asked again once it has won another nat. */
function discount(evidence: Evidence, total: number): void {
  for (let b = 0; b < evidence.m.length; b++) evidence.m[b] = (evidence.m[b] as number) / (Math.E * total)
}

/** Puts the unit to rest until there are rows enough since the onset, and the event has come. */
function rearm(state: ConceptState, frame: Frame, one: ClassUnit, from: number, untilEvent: number): void {
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

/**
 * Is the approved baseline back? The mix of the classes when it is likelier under the approved counts; the rule only if the errors fell with it: for
 * a model that learned the new rule meanwhile, the old one coming back is a change.
 */
function hasReturned(
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

function goBack(state: ConceptState, family: ClassFamily, one: ClassUnit, onset: number, line: number): Judged {
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
