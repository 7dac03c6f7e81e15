import type { AlertKind } from '@/lib/alert/finding'
import { classEffect } from '@/lib/detect/concept/class-effect'
import { belongs, startEpisode } from '@/lib/detect/concept/episode'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import { walkBack, walked } from '@/lib/detect/concept/like-rows'
import { growth, referenceOf, sizesOf, whyOf } from '@/lib/detect/concept/number-effect'
import { leafCode, leafStratum, type NumberCrossing, type NumberFamily } from '@/lib/detect/concept/number-family'
import { rearmNumber } from '@/lib/detect/concept/number-settle'
import { noClass, oldest } from '@/lib/detect/concept/open-predictions'
import { scaleOnset } from '@/lib/detect/concept/scale-unit'
import { shareOnset } from '@/lib/detect/concept/share-onset'
import type { ConceptState } from '@/lib/detect/concept/state'
import { versionNear } from '@/lib/detect/concept/versions'
import type { Alarm } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import { reportEvidence } from '@/lib/evidence/report'

export interface NumberBounds {
  /** Growth of the residual, as a share of what it was. */
  readonly leastGrowth: number
}
/** What passed becomes an alarm, or stays silent because the episode has said it. */
export function judgeNumber(
  state: ConceptState,
  found: NumberCrossing,
  line: number,
  bounds: NumberBounds,
): Alarm | null {
  const family = state.numberFamily as NumberFamily
  const { open } = state
  const { name } = found
  let evidence: { logE: number; threshold: number }
  let onset: number
  let leaf = ''
  if (found.crossing) {
    evidence = { logE: found.crossing.logE, threshold: found.crossing.threshold }
    onset = predictionJudged(state, found.crossing.onsetRow)
  } else if (name === 'scale') {
    evidence = reportEvidence(family.scale.evidence, found.total)
    onset = predictionJudged(state, open.judged - 1 - scaleOnset(family.scale))
  } else {
    const unit = family.leaf.unit
    if (!unit) return null
    evidence = reportEvidence(unit.evidence, found.total)
    const walk = walkBack(
      open,
      family.leaf.armedAt,
      0,
      (place) => leafStratum(family, open, place),
      (place) => leafCode(family, open, place),
    )
    const began = shareOnset(unit, walk)
    onset = walked[began.at] as number
    const effect = classEffect(unit, walk, began.at)
    if (family.leaf.tree && state.book) leaf = leafWords(family.leaf.tree, state.book, effect.worst)
  }
  const kind: AlertKind = name === 'label' ? 'drift.label' : 'drift.concept'
  const now = sizesOf(state, name, onset)
  // A unit that has seen enough of the new level since the onset is on it already.
  const before = found.crossing?.reference ?? referenceOf(family, name)
  const effect = growth(before, now)
  rearmNumber(state, name, onset)
  if (effect < bounds.leastGrowth && now.length >= 30 && name !== 'leaf') return null
  const event = state.events
  const kin = belongs(state.episode, state.openedAt, onset, event) ? state.episode : null
  const said = kin !== null && (event > kin.closes || kin.kinds.includes(kind))
  const episode = kin ?? startEpisode(onset, event)
  if (!kin) {
    state.episode = episode
    state.openedAt = open.next - 1
    if (name !== 'leaf') rearmNumber(state, 'leaf', onset)
  }
  episode.onset = Math.max(episode.onset, onset)
  if (!episode.kinds.includes(kind)) episode.kinds.push(kind)
  if (said) return null
  const place = onset % open.capacity
  const version = kind === 'drift.concept' ? versionNear(state.versions, onset, line) : null
  return {
    kind,
    unit: name,
    subject: version ? { version } : {},
    eventIndex: line,
    onsetIndex: open.line[place] as number,
    onsetTimeMs: open.timeMs[place] as number,
    ...evidence,
    effect,
    effectUnit:
      name === 'label'
        ? 'change of the median label, in interquartile ranges'
        : 'growth of the residual, as a share of what it was',
    n: now.length,
    severity: kind === 'drift.concept' && effect > 1 ? 'critical' : 'warning',
    verdict: version ? 'model-regression' : kind === 'drift.label' ? 'benign-shift' : 'concept-change',
    why: `${whyOf(name, before, now)}${leaf ? `, most where ${leaf}` : ''}${version ? `, at version ${version}` : ''}`,
    test: version
      ? 'The change begins with a new version, so the version is held worse; a change of the world at that moment would look the same.'
      : kind === 'drift.label'
        ? 'Ranks of the labels alone; whether the rule changed is the residual’s to tell.'
        : 'No version came near the change, so the rule behind the labels is held changed; drifted or faulty inputs, or wrong labels, would look the same.',
    comparison: compareNumbers(before, now),
  }
}
/** The number of the prediction that was the how manieth to get its label. */
function predictionJudged(state: ConceptState, judged: number): number {
  const { open } = state
  let latest = oldest(open)
  for (let n = open.next - 1; n >= oldest(open); n--) {
    const place = n % open.capacity
    if (open.label[place] === noClass) continue
    if (open.judgedAt[place] === judged) return n
    latest = n
  }
  return latest
}
