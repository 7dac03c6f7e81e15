import { classAlarm } from '@/lib/detect/concept/class-alarm'
import { classEffect } from '@/lib/detect/concept/class-effect'
import { isAfter, openEpisode } from '@/lib/detect/concept/class-episode'
import { type ClassFamily, type ClassUnit, isLeaf, walkOf } from '@/lib/detect/concept/class-family'
import { classMix as classMixOf } from '@/lib/detect/concept/class-mix'
import { goBack, hasReturned, type Judged } from '@/lib/detect/concept/class-return'
import { rearm } from '@/lib/detect/concept/class-settle'
import { discount } from '@/lib/detect/concept/discount'
import { belongs } from '@/lib/detect/concept/episode'
import { walked } from '@/lib/detect/concept/like-rows'
import { scoreMixNats } from '@/lib/detect/concept/score-mix'
import { shareOnset } from '@/lib/detect/concept/share-onset'
import type { ShareUnit } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import { riseOf } from '@/lib/detect/concept/two-levels'
import { versionNear } from '@/lib/detect/concept/versions'
import { whereMost } from '@/lib/detect/concept/where-most'
import type { Frame } from '@/lib/detect/frame'
import { reportEvidence } from '@/lib/evidence/report'

/** Bounds below which a change is real but too small to page: rise of the error rate; root mean square change of a label's share. */
export interface ClassBounds {
  readonly leastRise: number
  readonly leastMoved: number
}
/** Nats of the leaves that an error must have behind it, else it is the learner's own wobble. */
const leafSupport = 3.5
/** Nats of the leaves, by a common multiplier or one by one, behind a moved mix of labels. */
const mixSupport = 1
/** Nats of one multiplier a class among rows of like scores, likewise: a score knows more of a row than a leaf. */
const scoreSupport = 3
/** Nats by which one multiplier a class must explain the labels better than leaf by leaf, for the mix alone to have moved. */
const mixMargin = 1
/** Nats by which rows may lie otherwise than a moved mix would have them. */
const placedMargin = 3
const labelSupport = 4
/** Nats from which the law of the labels itself has changed, whatever version came with it. */
const leafProof = 6
/** A rise of this much pages without the leaves: then it is the model that broke. */
const greatRise = 0.1
const greatRows = 30
const slackRows = 200
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
  let placed = 0
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
    const tilt = classMixOf(other.unit, rows, until - 1)
    mix = tilt.nats
    placed = tilt.placed
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
  // A model that learned the rule it was behind on is no worse.
  const better = errors && state.prompt && effect.share <= effect.expected
  if (small || wobble || followed || better) {
    rearm(state, frame, one, onset, 0)
    return nothing
  }
  if (one.name === 'label' && support < leafProof && scoreMixNats(family, open, walkedOnset) < scoreSupport) {
    discount(unit.evidence, total)
    return nothing
  }
  if (one.provisional && hasReturned(state, frame, family, one, effect, onset))
    return goBack(state, family, one, onset, line)

  const mixed = mix > support + mixMargin && placed > -placedMargin
  const classMix = leaves > 0 && one.name === 'label' && mixed
  const event = state.events
  const renewed = state.episode !== null && isLeaf(one.name) && support >= leafProof && isAfter(state, one, onset)
  const kin = !renewed && belongs(state.episode, state.openedAt, onset, event) ? state.episode : null
  // Rows that lie where they lay, with other labels: that is the rule, not the mix.
  const ruled = mix >= mixSupport && placed <= -placedMargin
  const kind = one.name === 'label' && !ruled ? 'drift.label' : 'drift.concept'
  // The mix was said to have moved, and nothing else: the leaves go on until they know better.
  if (kin?.mixOnly && isLeaf(one.name) && mixed) {
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
