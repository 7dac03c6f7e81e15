import type { GoldenRow } from '@/lib/detect/detector'
import { emptyActive, encode } from '@/lib/learn/inputs/encode'
import type { Shadow } from '@/lib/learn/shadow'
import { type Compact, compactRow, width } from './compact'
import { mostPanelRows, offerRow, type Panel, putRow, startPanel } from './panel'

const active = emptyActive()
const x = new Float64Array(width)
const nobody = -1

/** A reference output is a canary: its output is its class, and it is a slice of its own. */
type Canary = GoldenRow & { readonly probe?: string; readonly output?: string }

const classOf = (shadow: Shadow, row: Canary): number | undefined =>
  shadow.classes.index.get(String(row.label ?? row.output))

function sliceOfGolden({ probe, segment }: Canary): string {
  if (probe !== undefined) return `probe=${probe}`
  const [slice] = Object.entries(segment ?? {})
  return slice ? slice.join('=') : ''
}

/** The golden rows that carry a class, in their columns; evenly chosen where there are more than a panel holds. */
export function goldenPanel(compact: Compact, shadow: Shadow, golden: readonly GoldenRow[]): Panel {
  const panel = startPanel()
  const labelled = golden.filter((row) => classOf(shadow, row) !== undefined)
  const step = Math.max(1, labelled.length / mostPanelRows)
  for (let i = 0; i < Math.min(mostPanelRows, labelled.length); i++) {
    const row = labelled[Math.floor(i * step)] as GoldenRow
    encode(shadow.encoder, row, active)
    compactRow(compact, active, x)
    putRow(panel, offerRow(panel), x, classOf(shadow, row) as number, nobody, sliceOfGolden(row))
  }
  return panel
}
