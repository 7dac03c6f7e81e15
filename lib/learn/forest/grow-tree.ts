import { uniformFrom } from '@/lib/stats/hash-uniform'
import { type Cut, goesRight, keyOfCut, type Sample, tryColumn } from './split'
import { isCategory, nodeLength, type Trees } from './trees'
import type { Window } from './window'

/**
 * One tree of a random forest on binned columns: a bootstrap of the window, at each node some columns at random, the cut of least Gini impurity.
 * Every number is a hash of the tree's seed, so that the same rows give the same tree.
 *
 * Source  Breiman 2001, Machine Learning 45; histograms: Ke et al. 2017, NeurIPS 30.
 */
export interface TreeParams {
  readonly columnsTried: number
  readonly leastRows: number
  readonly mostDepth: number
}

/** Load of a row that is believed, and of one that the trees doubt. */
export const fullLoad = 20
export const doubtedLoad = 1

let order = new Int32Array(0)
let load = new Int32Array(0)
let aside = new Int32Array(0)
const stack = new Int32Array(4 * 2048)
const columnsLeft = new Int32Array(256)
const total = new Float64Array(64)
const best: Cut = { gain: 0, column: -1, bin: 0, mask: 0 }

/**
 * Grows tree `place` of `trees`.
 * @param belief load of each row of the window, 0: not at all.
 * @returns times drawn × load, by row: 0 where the tree has not seen it. Good until the next call.
 */
export function growTree(
  trees: Trees,
  place: number,
  window: Window,
  belief: Uint8Array,
  classes: number,
  params: TreeParams,
  seed: number,
): Int32Array {
  const drawn = draw(window, belief, seed)
  const sample: Sample = { window, classes, order, load, leastLoad: params.leastRows * fullLoad }
  const { nodes } = trees
  const root = place * trees.nodesEach * nodeLength
  const leafBase = place * ((trees.nodesEach + 1) >> 1) * trees.room
  let used = 1
  let leaves = 0
  let tosses = 0
  let depth = 1
  stack[0] = 0
  stack[1] = drawn
  stack[2] = 0
  stack[3] = 0
  for (let c = 0; c < window.columns; c++) columnsLeft[c] = c
  while (depth > 0) {
    depth--
    const from = stack[depth * 4] as number
    const to = stack[depth * 4 + 1] as number
    const node = stack[depth * 4 + 2] as number
    const level = stack[depth * 4 + 3] as number
    const loads = measure(sample, from, to)
    best.column = -1
    const mayCut =
      loads >= 2 * sample.leastLoad &&
      level < params.mostDepth &&
      used + 2 <= trees.nodesEach &&
      !isPure(classes, loads)
    if (mayCut) {
      best.gain = squares(classes) / loads + 1e-7 * fullLoad
      const tries = Math.min(params.columnsTried, window.columns)
      for (let j = 0; j < tries; j++) {
        const r = j + Math.floor(uniformFrom(seed, 1e6 + tosses++) * (window.columns - j))
        const column = columnsLeft[r] as number
        columnsLeft[r] = columnsLeft[j] as number
        columnsLeft[j] = column
        tryColumn(sample, column, from, to, total, loads, best)
      }
    }
    const at = root + node * nodeLength
    if (best.column < 0) {
      nodes[at] = -1
      nodes[at + 2] = leaves
      const vote = leafBase + leaves++ * trees.room
      for (let k = 0; k < classes; k++)
        trees.votes[vote + k] = Math.round(
          (255 * ((total[k] as number) / fullLoad + 0.5 / classes)) / (loads / fullLoad + 0.5),
        )
      continue
    }
    const middle = part(sample, from, to)
    const category = (window.edgeCount[best.column] as number) < 0
    nodes[at] = best.column + (category ? isCategory : 0)
    nodes[at + 1] = category ? best.mask : keyOfCut(window, best)
    nodes[at + 2] = used
    push(depth++, from, middle, used, level + 1)
    push(depth++, middle, to, used + 1, level + 1)
    used += 2
  }
  return load
}

function push(at: number, from: number, to: number, node: number, level: number): void {
  stack[at * 4] = from
  stack[at * 4 + 1] = to
  stack[at * 4 + 2] = node
  stack[at * 4 + 3] = level
}

/** As many draws as there are rows. @returns number of different rows drawn, which `order` then begins with. */
function draw(window: Window, belief: Uint8Array, seed: number): number {
  const { size } = window
  if (load.length < size) {
    order = new Int32Array(size)
    load = new Int32Array(size)
    aside = new Int32Array(size)
  }
  load.fill(0, 0, size)
  for (let i = 0; i < size; i++) {
    const at = Math.floor(uniformFrom(seed, i) * size)
    load[at] = (load[at] as number) + (belief[at] as number)
  }
  let drawn = 0
  for (let at = 0; at < size; at++) if ((load[at] as number) > 0) order[drawn++] = at
  return drawn
}

/** Class loads of the node, into `total`. @returns their sum. */
function measure({ window, classes }: Sample, from: number, to: number): number {
  for (let k = 0; k < classes; k++) total[k] = 0
  let loads = 0
  for (let i = from; i < to; i++) {
    const at = order[i] as number
    const y = window.y[at] as number
    const l = load[at] as number
    total[y] = (total[y] as number) + l
    loads += l
  }
  return loads
}

function isPure(classes: number, loads: number): boolean {
  for (let k = 0; k < classes; k++) if ((total[k] as number) >= loads) return true
  return false
}

function squares(classes: number): number {
  let sum = 0
  for (let k = 0; k < classes; k++) sum += (total[k] as number) ** 2
  return sum
}

/** Rows that go left come first, in their order. @returns where the others begin. */
function part(sample: Sample, from: number, to: number): number {
  let middle = from
  let right = 0
  for (let i = from; i < to; i++) {
    const at = order[i] as number
    if (goesRight(sample, best, at)) aside[right++] = at
    else order[middle++] = at
  }
  for (let i = 0; i < right; i++) order[middle + i] = aside[i] as number
  return middle
}
