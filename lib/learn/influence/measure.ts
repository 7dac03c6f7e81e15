import type { Label } from '@/lib/event/types'
import { predict } from './expand'
import type { Influence } from './influence'
import { type Panel, panelRow } from './panel'

/** How often a learner is right on some rows of the panel, with and without other rows. */
export interface Count {
  metric: 'recall' | 'accuracy'
  class?: Label
  slice?: string
  n: number
  with: number
  without: number
  /** Right with the rows alone, and without them alone. */
  lost: number
  won: number
}

/** Fewer rows measure nothing. */
export const leastRows = 10
const f = new Float64Array(64)
const p = new Float64Array(64)

/** All figures that could move: accuracy first, recall by class, accuracy by slice. */
export function measure(
  { outputs }: Influence,
  panel: Panel,
  both: { with: Float64Array; without: Float64Array; origins: ReadonlySet<number> },
  names: readonly Label[],
): { counts: Count[]; loss: [number, number]; n: number } {
  const classes = names.length
  const start = (of: Pick<Count, 'metric' | 'class' | 'slice'>): Count => ({
    ...of,
    n: 0,
    with: 0,
    without: 0,
    lost: 0,
    won: 0,
  })
  const all = start({ metric: 'accuracy' })
  const byClass = names.map((name) => start({ metric: 'recall', class: name }))
  const bySlice = new Map<string, Count>()
  const loss: [number, number] = [0, 0]
  const before = saysOfAll(both.with, outputs, classes, panel)
  for (let i = 0; i < panel.size; i++) {
    if (both.origins.has(panel.origin[i] as number)) continue
    const y = panel.y[i] as number
    loss[0] += before.loss[i] as number
    const after = favourite(both.without, outputs, classes, panel, i)
    loss[1] -= Math.log(Math.max(1e-6, p[y] as number))
    const wasRight = before.favourite[i] === y
    note(all, wasRight, after === y)
    const ofClass = byClass[y]
    if (ofClass) note(ofClass, wasRight, after === y)
    const slice = panel.slice[i] as string
    if (slice === '') continue
    let ofSlice = bySlice.get(slice)
    if (!ofSlice) {
      ofSlice = start({ metric: 'accuracy', slice })
      bySlice.set(slice, ofSlice)
    }
    note(ofSlice, wasRight, after === y)
  }
  const counts = [all, ...byClass, ...bySlice.values()].filter((count, i) => i === 0 || count.n >= leastRows)
  return { counts, loss, n: all.n }
}

function note(count: Count, before: boolean, after: boolean): void {
  count.n++
  if (before) count.with++
  if (after) count.without++
  if (before && !after) count.lost++
  if (!before && after) count.won++
}

interface Says {
  readonly panel: Panel
  readonly size: number
  readonly favourite: Uint8Array
  /** Log loss of the row's own class. */
  readonly loss: Float64Array
}
/** What the learner with everybody says of the panel: the same for all sources that are asked about at one row. No part of the state. */
const lately = new WeakMap<Float64Array, Says>()

function saysOfAll(weights: Float64Array, outputs: number, classes: number, panel: Panel): Says {
  const known = lately.get(weights)
  if (known && known.panel === panel && known.size === panel.size) return known
  const { size } = panel
  const says = { panel, size, favourite: new Uint8Array(size), loss: new Float64Array(size) }
  for (let i = 0; i < size; i++) {
    says.favourite[i] = favourite(weights, outputs, classes, panel, i)
    says.loss[i] = -Math.log(Math.max(1e-6, p[panel.y[i] as number] as number))
  }
  lately.set(weights, says)
  return says
}

function favourite(weights: Float64Array, outputs: number, classes: number, panel: Panel, row: number): number {
  predict(weights, outputs, classes, panelRow(panel, row), 0, f, p)
  let best = 0
  for (let k = 1; k < classes; k++) if ((p[k] as number) > (p[best] as number)) best = k
  return best
}
