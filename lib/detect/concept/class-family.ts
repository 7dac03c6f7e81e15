import { crossing } from '@/lib/detect/concept/class-start'
import { noConfidence } from '@/lib/detect/concept/confidence'
import { type By, leafAt, stratumBy, unfamiliar, walkBack } from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import { scoreStratum } from '@/lib/detect/concept/score-mix'
import type { Walk } from '@/lib/detect/concept/share-onset'
import { type ShareUnit, watchShare } from '@/lib/detect/concept/share-unit'
import type { Groups } from '@/lib/detect/concept/strata'
import type { Tree } from '@/lib/detect/concept/tree'
import type { Frame } from '@/lib/detect/frame'

/**
 * What is watched of labelled predictions that are classes.
 *
 * error       right or wrong, upwards; in strata of what errors depend on.
 * confidence  right or wrong by the model's own probability, or, where it gives none, by leaf of the baseline's tree: its loss and calibration move
 *             before its error does.
 * label       the mix of the classes.
 * home        the mix of the classes in each leaf of the baseline's tree on the features: P(y | x), which no learner's wobble touches.
 * leaf        the same in a tree fitted anew to the level since a change.
 */
export type ClassUnitName = 'error' | 'confidence' | 'label' | 'home' | 'leaf'
export interface ClassUnit {
  name: ClassUnitName
  unit: ShareUnit | null
  /** Counts of the approved baseline, by stratum and code. */
  approved: Float64Array
  /** How much the baseline's rows come in clumps (concept/clumps). */
  clump: number
  tree: Tree | null
  provisional: boolean
  /** Labelled rows so far when it was armed. */
  armedAt: number
  /** Until it is armed again; and the rows with which a leaf unit armed on few is fitted once more. */
  wait: Wait | null
  refit: Wait | null
}
export interface Wait {
  /** First prediction of the new level. */
  from: number
  /** Labelled rows of it that are needed, and that have come; and the event of the model to wait for. */
  rows: number
  come: number
  untilEvent: number
}
export interface ClassFamily {
  /** Codes of the label units by class code; later classes have the last one. */
  labelCodes: Uint8Array
  labels: number
  /** Names of the label codes. */
  labelNames: string[]
  errorBy: By
  labelBy: By
  /** Labels that come in clumps which the scores explain are watched among rows of like scores. */
  labelByScore: boolean
  /** By what the bins of confidence, and the leaves, are crossed, in groups of like error, and of like labels. */
  cross: Groups
  leafBy: By
  leafCross: Groups
  /** Upper confidence byte of each bin but the last. */
  bins: number[]
  units: ClassUnit[]
}
/** Parts of a label line's mass. */
export const classShares: Record<ClassUnitName, number> = {
  error: 0.25,
  confidence: 0.2,
  label: 0.15,
  home: 0.25,
  leaf: 0.25,
}
/** Watches the labels of like rows. */
export const isLeaf = (name: ClassUnitName): boolean => name === 'home' || name === 'leaf'
export const wrongAt = (open: OpenPredictions, place: number): number =>
  open.predicted[place] === open.label[place] ? 0 : 1
export function codeAt(family: ClassFamily, name: ClassUnitName, open: OpenPredictions, place: number): number {
  if (name === 'error' || name === 'confidence') return wrongAt(open, place)
  return family.labelCodes[open.label[place] as number] ?? family.labels - 1
}
export function stratumAt(
  family: ClassFamily,
  one: ClassUnit,
  open: OpenPredictions,
  frame: Frame,
  place: number,
): number {
  if (one.name === 'error') return stratumBy(family.errorBy, open, frame, place)
  if (one.name === 'label') {
    if (family.labelByScore) return open.stratum[place] === unfamiliar ? -1 : scoreStratum(family, open, place)
    return stratumBy(family.labelBy, open, frame, place)
  }
  const errors = one.name === 'confidence'
  const { of, groups } = errors ? family.cross : family.leafCross
  const cell = stratumBy(errors ? crossing(family.errorBy) : family.leafBy, open, frame, place)
  if (cell < 0) return -1
  const group = of[cell] as number
  if (isLeaf(one.name)) return one.tree ? leafAt(one.tree, open, place) * groups + group : -1
  if (family.bins.length === 0) return one.tree ? leafAt(one.tree, open, place) * groups + group : -1
  const byte = open.confidence[place] as number
  if (byte === noConfidence) return -1
  let bin = 0
  while (bin < family.bins.length && byte > (family.bins[bin] as number)) bin++
  return bin * groups + group
}
/** Takes a labelled row. @returns the units whose evidence has passed, in the order that they are judged. */
export function watchRow(
  family: ClassFamily,
  open: OpenPredictions,
  frame: Frame,
  place: number,
  mass: number,
  uniform: (lane: number) => number,
): { one: ClassUnit; total: number }[] {
  let armed = 0
  for (const one of family.units) if (one.unit) armed += classShares[one.name]
  const crossed: { one: ClassUnit; total: number }[] = []
  for (const [lane, one] of family.units.entries()) {
    if (!one.unit) continue
    const stratum = stratumAt(family, one, open, frame, place)
    if (stratum < 0) continue
    const part = (mass * classShares[one.name]) / armed
    const total = watchShare(one.unit, stratum, codeAt(family, one.name, open, place), part, uniform(lane))
    if (total >= 1) crossed.push({ one, total })
  }
  return crossed
}
export const walkOf = (family: ClassFamily, one: ClassUnit, open: OpenPredictions, frame: Frame, from = 0): Walk =>
  walkBack(
    open,
    one.armedAt,
    from,
    (place) => stratumAt(family, one, open, frame, place),
    (place) => codeAt(family, one.name, open, place),
  )
