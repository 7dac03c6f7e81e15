import { type ClassFamily, type ClassUnit, codeAt, isLeaf, stratumAt } from '@/lib/detect/concept/class-family'
import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { partition, sizeBy } from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import { scoreStrata } from '@/lib/detect/concept/score-mix'
import { startShareUnit } from '@/lib/detect/concept/share-unit'
import type { Frame } from '@/lib/detect/frame'

const fewestLeafRows = 400
const mostTreeRows = 6000
const sides = { error: 'up', confidence: 'calibration', label: 'both', home: 'each', leaf: 'each' } as const
const strataOf = (family: ClassFamily, one: ClassUnit, frame: Frame): number => {
  if (one.name === 'error') return sizeBy(family.errorBy, frame)
  if (one.name === 'label') return family.labelByScore ? scoreStrata(family) : sizeBy(family.labelBy, frame)
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
