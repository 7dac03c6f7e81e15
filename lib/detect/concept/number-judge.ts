import type { AlertKind } from '@/lib/alert/finding'
import { classEffect } from '@/lib/detect/concept/class-effect'
import { belongs, startEpisode } from '@/lib/detect/concept/episode'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import { labelledRows, walkBack, walked } from '@/lib/detect/concept/like-rows'
import {
  armLeaf,
  leafCode,
  leafStratum,
  type NumberCrossing,
  type NumberFamily,
  type NumberUnitName,
  surprisesAt,
} from '@/lib/detect/concept/number-family'
import { noClass, oldest, residualAt } from '@/lib/detect/concept/open-predictions'
import { armScale, scaleOnset } from '@/lib/detect/concept/scale-unit'
import { shareOnset } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import { versionNear } from '@/lib/detect/concept/versions'
import type { Alarm } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import { type NumericUnit, recentRows } from '@/lib/detect/drift/numeric/unit'
import { brief, percent } from '@/lib/detect/drift/words'
import { reportEvidence } from '@/lib/evidence/report'
import { quantileOf } from '@/lib/stats/quantile-edges'

export interface NumberBounds {
  /** Growth of the residual, as a share of what it was. */
  readonly leastGrowth: number
}

const leafRows = 700
const settleRows = 500

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
  const before = referenceOf(family, name)
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

function sizesOf(state: ConceptState, name: NumberUnitName, onset: number): Float64Array {
  const { open } = state
  const values = labelledRows(open, recentRows)
    .filter((n) => n >= onset)
    .map((n) => {
      const place = n % open.capacity
      if (name === 'label') return open.labelValue[place] as number
      const residual = residualAt(open, place)
      return name === 'residual' ? residual : Math.abs(residual)
    })
    .filter(Number.isFinite)
  return Float64Array.from(values).sort()
}

const referenceOf = (family: NumberFamily, name: NumberUnitName): Float64Array =>
  name === 'label' ? family.label.reference : name === 'residual' ? family.residual.reference : family.size.reference

/** Of sizes: growth of the median, or of the 95 % quantile. Of signed values: shift of the median in interquartile ranges, or growth of that range. */
function growth(before: Float64Array, now: Float64Array): number {
  const q = (values: Float64Array, p: number) => quantileOf(values, p)
  const signed = (before[0] ?? 0) < 0 || (now[0] ?? 0) < 0
  const range = q(before, 0.75) - q(before, 0.25)
  const parts = signed
    ? [Math.abs(q(now, 0.5) - q(before, 0.5)) / range, Math.abs((q(now, 0.75) - q(now, 0.25)) / range - 1)]
    : [q(now, 0.5) / q(before, 0.5) - 1, q(now, 0.95) / q(before, 0.95) - 1, q(now, 0.99) / q(before, 0.99) - 1]
  return Math.max(0, ...parts.filter(Number.isFinite))
}

function whyOf(name: NumberUnitName, before: Float64Array, now: Float64Array): string {
  const q = (values: Float64Array, p: number) => brief(quantileOf(values, p))
  const over = `over ${now.length} labels`
  if (name === 'label') return `labels moved ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}`
  if (name === 'residual')
    return `residuals moved ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}, ${percent(0.5)} within ${q(before, 0.25)} … ${q(before, 0.75)} → ${q(now, 0.25)} … ${q(now, 0.75)}`
  return `residuals grew ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}, 95 % below ${q(before, 0.95)} → ${q(now, 0.95)}, the largest ${q(before, 1)} → ${q(now, 1)}`
}

/** A numeric unit settles on the level since the onset by itself; the scale and the leaves are put to it here. */
function rearmNumber(state: ConceptState, name: NumberUnitName, onset: number): void {
  const family = state.numberFamily as NumberFamily
  if (name === 'leaf') {
    const come = labelledRows(state.open, state.open.capacity).filter((n) => n >= onset).length
    family.leaf = { ...family.leaf, unit: null, wait: { from: onset, come } }
  }
  // Beyond the new level, not the old one; ranks say the rest.
  if (name === 'scale') {
    const surprises = surprisesSince(state, onset)
    armScale(family.scale, surprises.length >= settleRows ? surprises : [])
  }
}

const surprisesSince = ({ open, numberFamily }: ConceptState, onset: number): number[] =>
  surprisesAt(
    numberFamily as NumberFamily,
    open,
    labelledRows(open, recentRows)
      .filter((n) => n >= onset)
      .reverse(),
  )

/** Counts a labelled row towards the leaves that wait, and ends an episode that is over. */
export function settleNumbers(state: ConceptState, prediction: number): void {
  const family = state.numberFamily as NumberFamily
  const { open, episode } = state
  const { wait } = family.leaf
  if (wait) {
    if (prediction >= wait.from) wait.come++
    if (wait.come === leafRows || wait.come === 3 * leafRows) {
      const rows = labelledRows(open, open.capacity).filter((n) => n >= wait.from)
      const { from, come } = wait
      armLeaf(family, open, state.book, rows)
      if (come < 3 * leafRows) family.leaf.wait = { from, come }
    }
  }
  if (!episode || episode.closed || state.events < episode.closes) return
  episode.closed = true
  const since = surprisesSince(state, episode.onset)
  armScale(family.scale, since)
  if (!state.prompt) return
  const first = open.judgedAt[episode.onset % open.capacity] as number
  for (const name of ['size', 'residual', 'label'] as const) {
    const unit = family[name]
    if (unit.phase === 'armed' && since.length >= 100) settleFrom(unit, first, since.length)
  }
}

/** The unit arms on the level since a row, with the next value. */
function settleFrom(unit: NumericUnit, row: number, rows: number): void {
  unit.provisional = true
  unit.phase = 'settling'
  unit.onsetRow = row
  unit.settled = Math.max(rows, settleRows)
}
