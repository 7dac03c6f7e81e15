import type { GoldenRow } from '@/lib/detect/detector'
import { emptyActive, encode } from '@/lib/learn/encode'
import type { Shadow } from '@/lib/learn/shadow'
import { type Compact, compactRow, width } from './compact'
import { mostPanelRows, offerRow, type Panel, startPanel } from './panel'

const active = emptyActive()
const x = new Float64Array(width)
const nobody = -1

/** The golden rows that carry a class, in their columns; evenly chosen where there are more than a panel holds. */
export function goldenPanel(compact: Compact, shadow: Shadow, golden: readonly GoldenRow[]): Panel {
  const panel = startPanel()
  const labelled = golden.filter((row) => row.label !== undefined && shadow.classes.index.has(String(row.label)))
  const step = Math.max(1, labelled.length / mostPanelRows)
  for (let i = 0; i < Math.min(mostPanelRows, labelled.length); i++) {
    const row = labelled[Math.floor(i * step)] as GoldenRow
    encode(shadow.encoder, row, active)
    compactRow(compact, active, x)
    const [slice] = Object.entries(row.segment ?? {})
    offerRow(panel, x, shadow.classes.index.get(String(row.label)) as number, nobody, slice ? slice.join('=') : '')
  }
  return panel
}
