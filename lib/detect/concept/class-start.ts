import { armOn } from '@/lib/detect/concept/class-arm'
import {
  type ClassFamily,
  type ClassUnit,
  type ClassUnitName,
  codeAt,
  stratumAt,
  wrongAt,
} from '@/lib/detect/concept/class-family'
import { clumping } from '@/lib/detect/concept/clumps'
import { noConfidence } from '@/lib/detect/concept/confidence'
import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { type By, chooseBy, countBy, groupBy, labelledRows } from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import type { ShareUnit } from '@/lib/detect/concept/share-unit'
import { oneGroup } from '@/lib/detect/concept/strata'
import type { Tree } from '@/lib/detect/concept/tree'
import type { Frame } from '@/lib/detect/frame'

/**
 * The baseline is complete: what its labels and errors depend on, and the units that watch them from now on.
 */

/**
 * Units of classes are armed: on the baseline, on a level since a change, on the approved baseline again.
 */

const mostLabels = 10
const confidenceBins = 10
const errorGroups = 8
const leafGroups = 4
/** The baseline is complete: its labelled rows choose the strata, the tree and the counts. */
export function startClassFamily(
  open: OpenPredictions,
  book: FeatureBytes | null,
  frame: Frame,
  names: readonly string[],
): ClassFamily {
  const rows = labelledRows(open, open.capacity)
  const frequency = new Map<number, number>()
  for (const n of rows) {
    const code = open.label[n % open.capacity] as number
    frequency.set(code, (frequency.get(code) ?? 0) + 1)
  }
  const ordered = [...frequency].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code)
  const labels = Math.max(2, Math.min(mostLabels, ordered.length))
  const labelCodes = new Uint8Array(1 + Math.max(...ordered, 0)).fill(labels - 1)
  for (const [code, label] of ordered.entries()) labelCodes[label] = Math.min(labels - 1, code)
  const family: ClassFamily = {
    labelCodes,
    labels,
    labelNames: ordered.slice(0, labels).map((code) => names[code] ?? 'other'),
    errorBy: 'none',
    labelBy: 'none',
    labelByScore: false,
    cross: oneGroup(1),
    leafBy: 'none',
    leafCross: oneGroup(1),
    bins: [],
    units: [],
  }
  const wrong = (place: number) => wrongAt(open, place)
  family.errorBy = chooseBy(open, frame, rows, 2, wrong)
  family.labelBy = chooseBy(open, frame, rows, labels, (place) => codeAt(family, 'label', open, place))
  family.cross = groupBy(crossing(family.errorBy), countBy(family.errorBy, open, frame, rows, 2, wrong), errorGroups)
  // Leaves know the segment. They are told apart by what the labels depend on beside it, or, where only their noise does, by what errors depend on.
  family.leafBy = crossing(family.labelBy) === 'none' ? crossing(family.errorBy) : family.labelBy
  const commonest = (place: number) => (codeAt(family, 'label', open, place) === 0 ? 1 : 0)
  const code = family.leafBy === family.labelBy ? commonest : wrong
  family.leafCross = groupBy(family.leafBy, countBy(family.leafBy, open, frame, rows, 2, code), leafGroups)
  const add = (name: ClassUnitName, tree: Tree | null = null): ClassUnit | null => {
    const one = startUnit(name)
    one.tree = tree
    if (!armOn(family, one, open, book, frame, rows)) return null
    const unit = one.unit as ShareUnit
    one.approved = unit.reference
    one.clump = clumpOf(family, one, open, frame, rows)
    unit.clump = one.clump
    family.units.push(one)
    return one
  }
  add('error')
  family.bins = confidenceBinsOf(open, rows)
  const label = add('label')
  if (label) scoreLabels(family, label, open, book, frame, rows)
  const home = add('home')
  if (family.bins.length > 0) add('confidence')
  else if (home) add('confidence', home.tree)
  if (home) family.units.push({ ...startUnit('leaf'), clump: home.clump })
  return family
}
/** Labels that come in clumps are watched among rows of like scores, where these leave less than half of it. */
function scoreLabels(
  family: ClassFamily,
  label: ClassUnit,
  open: OpenPredictions,
  book: FeatureBytes | null,
  frame: Frame,
  rows: readonly number[],
): void {
  if (label.clump === 1 || family.bins.length === 0) return
  const before = { unit: label.unit, approved: label.approved, clump: label.clump }
  family.labelByScore = true
  armOn(family, label, open, book, frame, rows)
  const unit = label.unit as ShareUnit
  label.approved = unit.reference
  label.clump = clumpOf(family, label, open, frame, rows)
  unit.clump = label.clump
  if (label.clump - 1 < (before.clump - 1) / 2) return
  family.labelByScore = false
  Object.assign(label, before)
}
function clumpOf(
  family: ClassFamily,
  one: ClassUnit,
  open: OpenPredictions,
  frame: Frame,
  rows: readonly number[],
): number {
  const places = rows.map((n) => n % open.capacity)
  const codes = places.map((place) => codeAt(family, one.name, open, place))
  const strata = places.map((place) => stratumAt(family, one, open, frame, place))
  return clumping(codes, strata, one.approved, (one.unit as ShareUnit).codes)
}
/** Upper edges of ten bins of the baseline's confidence; none where too few rows have one. */
function confidenceBinsOf(open: OpenPredictions, rows: readonly number[]): number[] {
  const scored = rows.map((n) => open.confidence[n % open.capacity] as number).filter((byte) => byte !== noConfidence)
  if (scored.length <= 0.9 * rows.length) return []
  scored.sort((a, b) => a - b)
  const edges = new Set<number>()
  for (let i = 1; i < confidenceBins; i++) edges.add(scored[Math.floor((i * scored.length) / confidenceBins)] as number)
  return [...edges].filter((edge) => edge < (scored.at(-1) as number))
}
const startUnit = (name: ClassUnitName): ClassUnit => ({
  name,
  unit: null,
  approved: new Float64Array(0),
  clump: 1,
  tree: null,
  provisional: false,
  armedAt: 0,
  wait: null,
  refit: null,
})
export const crossing = (by: By): By => (by === 'segment' ? 'none' : by)
