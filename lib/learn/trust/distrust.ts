import { disbelieve } from '@/lib/learn/forest/forest'
import { numberOf } from '@/lib/learn/place/recent'
import { dropRows } from '@/lib/learn/rehearsal/rehearsal'
import { eagerRowsAfterLoss } from '@/lib/learn/rehearsal/rehearse'
import type { Shadow } from '@/lib/learn/shadow'
import { bears, type Suspect } from './trust'

/** Rows of whoever is distrusted teach no more: they are not rehearsed, and no tree is grown on them. What they taught is learned over by the others' rows. */
export function distrust(shadow: Shadow, who: Suspect): void {
  const dropped = new Set<number>()
  dropRows(shadow.rehearsal, (row) => {
    const isTheirs =
      'origin' in who
        ? row.origin === who.origin
        : 'labeler' in who
          ? row.labeler === who.labeler
          : row.y === who.y && bears(row, who.inputs)
    if (isTheirs) dropped.add(row.serial)
    return isTheirs
  })
  if ('inputs' in who) disbelieve(shadow.forest, (window, at) => dropped.has(window.serial[at] as number))
  else {
    const number = numberOf('origin' in who ? who.origin : who.labeler)
    disbelieve(shadow.forest, (window, at) => ('origin' in who ? window.origin[at] : window.labeler[at]) === number)
  }
  shadow.eager = Math.max(shadow.eager, eagerRowsAfterLoss)
  if (!shadow.waiting || 'inputs' in who) return
  shadow.waiting = shadow.waiting.filter(({ origin, labeler }) =>
    'origin' in who ? origin !== who.origin : labeler !== who.labeler,
  )
}
