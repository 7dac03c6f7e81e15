import { clumping } from '@/lib/detect/concept/clumps'
import { noConfidence } from '@/lib/detect/concept/confidence'
import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import {
  type By,
  chooseBy,
  countBy,
  groupBy,
  labelledRows,
  leafAt,
  partition,
  sizeBy,
  stratumBy,
  walkBack,
} from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import { type ShareUnit, startShareUnit, type Walk, watchShare } from '@/lib/detect/concept/share-unit'
import { type Groups, oneGroup } from '@/lib/detect/concept/strata'
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
  /** By what the bins of confidence, and the leaves, are crossed, in groups of like error, and of like labels. */
  cross: Groups
  leafBy: By
  leafCross: Groups
  /** Upper confidence byte of each bin but the last. */
  bins: number[]
  units: ClassUnit[]
}

const mostLabels = 10
const confidenceBins = 10
const errorGroups = 8
const leafGroups = 4
const fewestLeafRows = 400
const mostTreeRows = 6000
/** Parts of a label line's mass. */
export const classShares: Record<ClassUnitName, number> = {
  error: 0.25,
  confidence: 0.2,
  label: 0.15,
  home: 0.25,
  leaf: 0.25,
}

const sides = { error: 'up', confidence: 'calibration', label: 'both', home: 'each', leaf: 'each' } as const
/** Watches the labels of like rows. */
export const isLeaf = (name: ClassUnitName): boolean => name === 'home' || name === 'leaf'

const wrongAt = (open: OpenPredictions, place: number): number => (open.predicted[place] === open.label[place] ? 0 : 1)

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
  if (one.name === 'label') return stratumBy(family.labelBy, open, frame, place)
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
  add('label')
  const home = add('home')
  if (family.bins.length > 0) add('confidence')
  else if (home) add('confidence', home.tree)
  if (home) family.units.push({ ...startUnit('leaf'), clump: home.clump })
  return family
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

const crossing = (by: By): By => (by === 'segment' ? 'none' : by)

const strataOf = (family: ClassFamily, one: ClassUnit, frame: Frame): number => {
  if (one.name === 'error') return sizeBy(family.errorBy, frame)
  if (one.name === 'label') return sizeBy(family.labelBy, frame)
  const { groups } = isLeaf(one.name) ? family.leafCross : family.cross
  return groups * (one.tree ? one.tree.leaves : family.bins.length + 1)
}

/** The parts of the tree that the labels set apart, crossed as its leaves are. */
function regionsOf(family: ClassFamily, { name, tree }: ClassUnit): Uint16Array | undefined {
  if (!tree) return undefined
  const { groups } = isLeaf(name) ? family.leafCross : family.cross
  return Uint16Array.from(
    { length: tree.leaves * groups },
    (_, s) => (tree.part[Math.floor(s / groups)] as number) * groups + (s % groups),
  )
}

/** Arms the unit on these rows, the newest first. @returns false when they are too few. */
export function armOn(
  family: ClassFamily,
  one: ClassUnit,
  open: OpenPredictions,
  book: FeatureBytes | null,
  frame: Frame,
  rows: readonly number[],
): boolean {
  let counted = rows
  // The baseline's tree knows nothing of later rows, so all of them count; a new one is fitted to half of them.
  if (isLeaf(one.name) && !(one.name === 'home' && one.tree)) {
    if (!book || rows.length < fewestLeafRows) return false
    const { labels } = family
    const { tree, rest } = partition(
      open,
      book,
      rows.slice(0, mostTreeRows),
      labels > 2 ? labels : 1,
      (place, into, at) => {
        const code = codeAt(family, 'home', open, place)
        if (labels > 2) into[at + code] = 1
        else into[at] = code
      },
    )
    one.tree = tree
    counted = rest
  }
  const codes = one.name === 'error' || one.name === 'confidence' ? 2 : family.labels
  const counts = new Float64Array(strataOf(family, one, frame) * codes)
  for (const n of counted) {
    const place = n % open.capacity
    const stratum = stratumAt(family, one, open, frame, place)
    if (stratum < 0) continue
    const at = stratum * codes + codeAt(family, one.name, open, place)
    counts[at] = (counts[at] as number) + 1
  }
  one.unit = startShareUnit(sides[one.name], codes, counts, one.clump, regionsOf(family, one))
  one.armedAt = open.judged
  one.wait = null
  return true
}

/** Puts the approved baseline back in force. */
export function armOnApproved(one: ClassUnit, family: ClassFamily, open: OpenPredictions): void {
  const codes = one.name === 'error' || one.name === 'confidence' ? 2 : family.labels
  if (one.name === 'leaf') {
    one.unit = null
    one.wait = null
    return
  }
  one.unit = startShareUnit(sides[one.name], codes, one.approved.slice(), one.clump, regionsOf(family, one))
  one.armedAt = open.judged
  one.provisional = false
  one.wait = null
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
