import { classEffect } from '@/lib/detect/concept/class-effect'
import { type ClassFamily, type ClassUnit, walkOf } from '@/lib/detect/concept/class-family'
import { leafWords } from '@/lib/detect/concept/leaf-words'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Frame } from '@/lib/detect/frame'

/** The rows whose labels changed most since the onset, in words. */
export function whereMost(state: ConceptState, frame: Frame, one: ClassUnit, onset: number): string {
  const family = state.classFamily as ClassFamily
  if (!one.unit || !one.tree || !state.book) return ''
  const rows = walkOf(family, one, state.open, frame, onset)
  const { worst } = classEffect(one.unit, rows, rows.n)
  return leafWords(one.tree, state.book, Math.floor(worst / family.leafCross.groups))
}
