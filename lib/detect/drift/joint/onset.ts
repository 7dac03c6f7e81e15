import type { Comparison } from '@/lib/alert/finding'
import { heldRows, type JointState, type Witness } from '@/lib/detect/drift/joint/state'
import { cellOf } from '@/lib/detect/drift/joint/witness'
import { cellWords } from '@/lib/detect/drift/joint/words'

/** Where the tested rows begin to look like the change rather than like the bag; and the cells before and since. */
export function onsetOf(
  state: JointState,
  { features, levels, ratios, counts, rows }: Witness,
  row: number,
): { row: number; rows: number; comparison: Comparison; worst: number; alone: number } {
  const { base, tested, testedRows } = state
  const cells = 4 ** features.length
  const first = Math.max(0, tested.count - heldRows)
  const held = Uint8Array.from({ length: tested.count - first }, (_, i) =>
    cellOf(features, tested.words, 2 * ((first + i) % heldRows)),
  )
  const mean = ratios.reduce((sum, ratio, b) => sum + ratio * (counts[b] as number), 0) / rows
  let from = bestSuffix(held, (cell) => Math.log((ratios[levels[cell] as number] as number) / mean))
  let [before, since] = [new Float64Array(0), new Float64Array(0)]
  // Once more by what the cells truly became: the bet knew little of it at first.
  for (let pass = 0; pass < 2; pass++) {
    before = new Float64Array(cells)
    since = new Float64Array(cells)
    for (let i = 0; i < base.count; i++) add(before, cellOf(features, base.words, 2 * i))
    for (let i = 0; i < held.length; i++) add(i < from ? before : since, held[i] as number)
    const all = held.length + base.count
    const logs = before.map((own, cell) => {
      const even = (own + (since[cell] as number) + 0.5) / (all + cells / 2)
      const p = (own + cells * even) / (all - held.length + from + cells)
      return Math.log(((since[cell] as number) + cells * even) / (held.length - from + cells) / p)
    })
    if (pass === 0) from = bestSuffix(held, (cell) => logs[cell] as number)
  }
  const [reference, current] = [cellWords(state, features, before), cellWords(state, features, since)]
  let worst = 0
  let most = -1
  for (let c = 0; c < reference.counts.length; c++) {
    const apart = Math.abs(shareOf(current.counts, c) - shareOf(reference.counts, c))
    if (apart > most) [most, worst] = [apart, c]
  }
  const onsetRow = testedRows[(first + from) % heldRows] as number
  const comparison = {
    bins: reference.names,
    reference: reference.counts,
    current: current.counts,
    unit: 'categorical',
  }
  const alone = partAlone(before, since, features.length)
  return { row: onsetRow, rows: row - onsetRow + 1, comparison: comparison as Comparison, worst, alone }
}

/** Which part of what the cells say of the change do the features say each by itself? In nats, cells against margins. */
function partAlone(before: Float64Array, since: Float64Array, width: number): number {
  let alone = 0
  for (let i = 0; i < width; i++) {
    const [was, is] = [new Float64Array(4), new Float64Array(4)]
    for (let cell = 0; cell < before.length; cell++) {
      const code = (cell >> (2 * i)) & 3
      was[code] = (was[code] as number) + (before[cell] as number)
      is[code] = (is[code] as number) + (since[cell] as number)
    }
    alone += natsBetween(was, is)
  }
  return alone / Math.max(1, natsBetween(before, since))
}

/** Nats of counts against the shares of others, less what chance makes of them. */
function natsBetween(before: Float64Array, since: Float64Array): number {
  const size = before.length
  const rows = before.reduce((a, b) => a + b, 0)
  const n = since.reduce((a, b) => a + b, 0)
  let nats = (-(size - 1) / 2) * (1 + n / Math.max(1, rows))
  for (let c = 0; c < size; c++) {
    const own = since[c] as number
    if (own > 0) nats += own * Math.log(own / n / (((before[c] as number) + 0.5) / (rows + 0.5 * size)))
  }
  return Math.max(0, nats)
}

const add = (counts: Float64Array, cell: number): void => {
  counts[cell] = (counts[cell] as number) + 1
}

function bestSuffix(cells: Uint8Array, nats: (cell: number) => number): number {
  let sum = 0
  let best = Number.NEGATIVE_INFINITY
  let from = cells.length - 1
  for (let i = cells.length - 1; i >= 0; i--) {
    sum += nats(cells[i] as number)
    if (sum > best) {
      best = sum
      from = i
    }
  }
  return from
}

export const shareOf = (counts: readonly number[], at: number): number =>
  (counts[at] as number) /
  Math.max(
    1,
    counts.reduce((a, b) => a + b, 0),
  )
