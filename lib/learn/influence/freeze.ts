import type { GoldenRow } from '@/lib/detect/detector'
import type { Active } from '@/lib/learn/inputs/encode'
import { numberOf } from '@/lib/learn/place/recent'
import type { Shadow } from '@/lib/learn/shadow'
import { compactRow, freezeCompact, width } from './compact'
import { refit } from './fit'
import { goldenPanel } from './golden-panel'
import { holderOf, mostLabelers, mostOrigins, startHolders } from './holders'
import { growOutputs, type Influence } from './influence'
import { learnRow } from './learn-row'
import { offerRow, putRow } from './panel'

const startPasses = 4
const x = new Float64Array(width)

/** Fixes the columns, and learns the rows that the shadow learner rehearses: all there were, where that happens early. */
export function freeze(influence: Influence, shadow: Shadow, golden: readonly GoldenRow[]): void {
  const classes = shadow.classes.names.length
  const rows = shadow.rehearsal.rows.filter((row) => !row.origin.startsWith(' '))
  influence.compact = freezeCompact(rows, classes)
  growOutputs(influence, classes)
  influence.golden = goldenPanel(influence.compact, shadow, golden)
  for (let pass = 0; pass < startPasses; pass++) {
    influence.origins = startHolders(influence.outputs)
    influence.labelers = startHolders(influence.outputs)
    for (const row of rows) {
      compactRow(influence.compact, row as unknown as Active, x)
      const ofOrigin = holderOf(influence.origins, row.origin, influence.outputs, mostOrigins)
      const ofLabeler =
        row.labeler === null ? null : holderOf(influence.labelers, row.labeler, influence.outputs, mostLabelers)
      learnRow(influence, x, classes, row.y, ofOrigin, ofLabeler, 1)
      const place = pass === 0 ? offerRow(influence.others) : -1
      if (place >= 0) putRow(influence.others, place, x, row.y, numberOf(row.origin), '')
    }
    refit(influence, classes)
  }
}
