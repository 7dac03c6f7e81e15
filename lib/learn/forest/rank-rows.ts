import type { Row } from '@/lib/learn/inputs/encode'
import { fixSlots, keyIn } from '@/lib/learn/inputs/slots'
import { missingKey, sortKey } from '@/lib/learn/inputs/sort-key'
import { keySeed, uniformFrom } from '@/lib/stats/hash-uniform'
import { doubtedLoad, fullLoad, growTree, type TreeParams } from './grow-tree'
import { leafOf, makeRoom, startTrees } from './trees'
import { enter, layEdges, startWindow, type Window } from './window'

/** A labelled row to be ranked among others of its kind. */
export interface RankedRow {
  readonly row: Row
  readonly label: string | number
}

const trees = 200
const doubted = 0.3
const startShare = 0.1
const leastShare = 0.005
const leastVote = 0.01
const rounds = 30
/** Up to so many numbers, sums and differences of two are columns too. */
const mostPaired = 10
const sharpness = 2
const seed = keySeed('rank rows')
const mostClasses = 64

/**
 * How doubtful the label of each row is among the others, by a forest in two rounds: trees vote on the rows that they have not seen; then trees are grown
 * again on the rows whose label was not doubted, and vote on all that they have not seen.
 *
 * @param rows with numbers, categories or short embeddings; at most 64 classes.
 * @returns the chance that its label is wrong, by row: 0 to 1; ½ where nothing can be said.
 * Source  recipes/poisoning.md of this project, Breiman 2001; the measure is Data-OOB's of Kwon & Zou 2023, ICML, sharpened by the second round.
 * @throws RangeError for more than 64 classes.
 */
export function rankRows(rows: readonly RankedRow[]): Float64Array {
  const classes = new Map<string, number>()
  for (const { label } of rows) if (!classes.has(String(label))) classes.set(String(label), classes.size)
  if (classes.size > mostClasses)
    throw new RangeError(`${classes.size} labels, expected at most ${mostClasses} classes`)
  const window = windowOf(rows, classes)
  if (!window || classes.size < 2) return new Float64Array(rows.length).fill(0.5)
  const belief = new Uint8Array(rows.length).fill(fullLoad)
  const first = votesOf(window, classes.size, belief, 0)
  for (let i = 0; i < rows.length; i++) belief[i] = (first[i] as number) < doubted ? doubtedLoad : fullLoad
  const second = votesOf(window, classes.size, belief, trees)
  return chancesOf(second, classes.size)
}

/**
 * The chance of each row to be mislabelled: ε(1 − q) / (ε(1 − q) + (1 − ε)q), q the votes for its label sharpened by a power — trees that see a part of the
 * rows are less sure than the rows allow —, ε the share of such rows, found by expectation and maximisation.
 */
function chancesOf(votes: Float64Array, classes: number): Float64Array {
  const chance = new Float64Array(votes.length)
  let share = startShare
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let i = 0; i < votes.length; i++) {
      const own = Math.max(leastVote, votes[i] as number) ** sharpness
      const rest = Math.max(leastVote, 1 - (votes[i] as number)) ** sharpness / (classes - 1)
      chance[i] = (share * rest) / (share * rest + (1 - share) * own)
      sum += chance[i] as number
    }
    share = Math.max(leastShare, sum / votes.length)
  }
  return chance
}

function windowOf(rows: readonly RankedRow[], classes: Map<string, number>): Window | null {
  const slots = fixSlots(rows.map(({ row }) => row))
  if (slots.count === 0 || rows.length === 0) return null
  const numbers = [...slots.byName].filter(([, slot]) => slot.codes === null).map(([name]) => name)
  const pairs = numbers.length <= mostPaired ? pairsOf(rows, numbers) : []
  const categories = Array<boolean>(slots.count + 2 * pairs.length).fill(false)
  for (const slot of slots.byName.values()) categories[slot.at] = slot.codes !== null
  const window = startWindow(rows.length, categories)
  const keys = new Int32Array(categories.length)
  for (const [i, { row, label }] of rows.entries()) {
    keys.fill(missingKey)
    for (const name in row.features) {
      const slot = slots.byName.get(name)
      if (slot) keys[slot.at] = keyIn(slot, row.features[name])
    }
    for (let d = 0; d < slots.dimensions; d++) keys[slots.embeddingAt + d] = sortKey(row.embedding?.[d] ?? Number.NaN)
    for (const [k, { a, b, byOf }] of pairs.entries()) {
      const x = Number(row.features?.[a])
      const y = Number(row.features?.[b]) * byOf
      keys[slots.count + 2 * k] = sortKey(x + y)
      keys[slots.count + 2 * k + 1] = sortKey(x - y)
    }
    enter(window, keys, classes.get(String(label)) as number, 0, 0, i)
  }
  layEdges(window)
  return window
}

/** Of two columns their sum and difference, on one scale: what a tree needs many cuts for, where both count. @returns names, and how many units of the first one of the second is. */
function pairsOf(rows: readonly RankedRow[], numbers: readonly string[]) {
  const spread = numbers.map((name) => {
    const values = rows.map(({ row }) => Number(row.features?.[name])).filter(Number.isFinite)
    const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
    return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, values.length)) || 1
  })
  return numbers.flatMap((a, i) =>
    numbers.slice(i + 1).map((b, j) => ({ a, b, byOf: (spread[i] as number) / (spread[i + 1 + j] as number) })),
  )
}

/** Mean vote for each row's label of the trees that have not seen it. */
function votesOf(window: Window, classes: number, belief: Uint8Array, from: number): Float64Array {
  const { size } = window
  const one = startTrees(1, 2 * size + 1)
  makeRoom(one, classes)
  const params: TreeParams = { columnsTried: Math.max(1, Math.ceil(window.columns / 6)), leastRows: 3, mostDepth: 18 }
  const sum = new Float64Array(size)
  const voted = new Float64Array(size)
  for (let t = 0; t < trees; t++) {
    const load = growTree(one, 0, window, belief, classes, params, Math.floor(uniformFrom(seed, from + t) * 2 ** 32))
    for (let at = 0; at < size; at++) {
      if (load[at] !== 0) continue
      const leaf = leafOf(one, 0, window.keys, at, window.most)
      sum[at] = (sum[at] as number) + (one.votes[leaf + (window.y[at] as number)] as number) / 255
      voted[at] = (voted[at] as number) + 1
    }
  }
  return sum.map((s, at) => ((voted[at] as number) > 0 ? s / (voted[at] as number) : 0.5))
}
