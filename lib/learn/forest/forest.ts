import type { Slots } from '@/lib/learn/inputs/slots'
import { keySeed, uniformFrom } from '@/lib/stats/hash-uniform'
import { doubtedLoad, fullLoad, growTree, type TreeParams } from './grow-tree'
import { leafOf, makeRoom, startTrees, type Trees, voteOf } from './trees'
import { enter, layEdges, startWindow, type Window } from './window'

/**
 * A random forest over the admitted rows of late, grown tree by tree as rows come: no row ever waits for a whole forest.
 *
 * Two rounds  every row keeps the mean vote for its label of the trees that have not seen it; from 1,000 rows on, a row with less than .15 (of two
 *             classes; .3 over their number) counts a twentieth in new trees: what is mislabelled does not defend itself.
 * Schedule    a tree every twelfth (later eighth) of the rows at hand, at most every 25 rows; the oldest makes place. A vote weighs as the rows that its tree saw.
 * Source      recipes/poisoning.md §2 of this project; Breiman 2001, Machine Learning 45.
 * Memory      4,096 rows × 5 bytes a column, and the trees (./trees.ts): at most 1.6 MB and the votes, 14 kB a class.
 */
export interface Forest {
  trees: Trees
  /** null until the columns are known, and where there are none. */
  window: Window | null
  /** Trees grown, ever. */
  grown: number
  /** Rows until the next tree. */
  wait: number
  /** Trees that are to be grown soon, for rows that they believed are no longer. */
  hurry: number
  /** Rows taken in, ever, and at which of them the edges are laid anew. */
  rows: number
  layAt: number
}

export const forestRows = 4096
const places = 28
const nodesEach = 1023
/** Rows between two trees, with so many at hand. */
const rowsPerTree = (rows: number, hurries: boolean) =>
  Math.max(25, Math.floor(rows / (hurries ? 40 : rows < forestRows / 2 ? 12 : 8)))
const firstTrees = 8
const secondRoundRows = 1000
const doubted = 0.15
const mostDoubts = 0.35
const fewVotes = 4
/** Weight of the vote at its arrival, in trees: every tree voted. */
const arrivalVotes = 8
const mostVotes = 24
const seed = keySeed('forest')

export const startForest = (): Forest => ({
  trees: startTrees(places, nodesEach),
  window: null,
  grown: 0,
  wait: 0,
  hurry: 0,
  rows: 0,
  layAt: 0,
})

export const paramsFor = (columns: number): TreeParams => ({
  columnsTried: Math.max(1, Math.min(Math.ceil(columns / 2), 3 + Math.ceil(Math.sqrt(columns)))),
  leastRows: 3,
  mostDepth: 14,
})

export function openForest(forest: Forest, slots: Slots): void {
  if (slots.count === 0) return
  const categories = Array<boolean>(slots.count).fill(false)
  for (const slot of slots.byName.values()) categories[slot.at] = slot.codes !== null
  forest.window = startWindow(forestRows, categories)
}

/** Writes the trees' chances of each class into `p`. @returns how many trees voted. */
export function voteForest(forest: Forest, keys: Int32Array, classes: number, p: Float64Array): number {
  return forest.grown === 0 ? 0 : voteOf(forest.trees, keys, classes, p)
}

/** Takes in an admitted row. @param vote for its label, before it was known; −1: none. @param thrift how many times rarer than usual trees are grown. */
export function teachForest(
  forest: Forest,
  keys: Int32Array,
  y: number,
  classes: number,
  vote: number,
  origin: number,
  labeler: number,
  serial: number,
  thrift: number,
): void {
  const { window } = forest
  if (!window) return
  forest.rows++
  const at = enter(window, keys, y, origin, labeler, serial)
  if (vote >= 0) {
    window.vote[at] = vote
    window.votes[at] = arrivalVotes
  }
  if (--forest.wait > 0) return
  if (forest.grown === 0 && window.size < 150) return
  for (let t = forest.grown === 0 ? firstTrees : 1; t > 0; t--) growNext(forest, window, classes)
  forest.wait = rowsPerTree(window.size, forest.hurry > 0) * thrift
}

const belief = new Uint8Array(forestRows)

function growNext(forest: Forest, window: Window, classes: number): void {
  if (forest.rows >= forest.layAt) {
    layEdges(window)
    forest.layAt = forest.rows + Math.min(forest.rows, 2 * forestRows)
  }
  believe(window, classes)
  const { trees } = forest
  makeRoom(trees, classes)
  const place = forest.grown % places
  const treeSeed = Math.floor(uniformFrom(seed, forest.grown) * 2 ** 32)
  const load = growTree(trees, place, window, belief, classes, paramsFor(window.columns), treeSeed)
  trees.weight[place] = window.size
  for (let at = 0; at < window.size; at++) {
    if (load[at] !== 0 || ((at + forest.grown) & 1) === 1) continue
    const votes = Math.min(mostVotes, (window.votes[at] as number) + 1)
    const leaf = leafOf(trees, place, window.keys, at, window.most)
    const says = (trees.votes[leaf + (window.y[at] as number)] as number) / 255
    window.vote[at] = (window.vote[at] as number) + (says - (window.vote[at] as number)) / votes
    window.votes[at] = votes
  }
  forest.grown++
  if (forest.hurry > 0) forest.hurry--
}

/** How much each row counts in the next tree. Where very many are doubted, the world has moved, and all count alike. */
function believe(window: Window, classes: number): void {
  const { size } = window
  const line = (2 * doubted) / classes
  let doubts = 0
  for (let at = 0; at < size; at++) {
    const isDoubted = (window.votes[at] as number) >= fewVotes && (window.vote[at] as number) < line
    if (isDoubted) doubts++
    belief[at] = window.believed[at] === 0 ? 0 : isDoubted ? doubtedLoad : fullLoad
  }
  if (size >= secondRoundRows && doubts <= mostDoubts * size) return
  for (let at = 0; at < size; at++) if (belief[at] !== 0) belief[at] = fullLoad
}

/** Rows that are not believed any more teach no tree to come; those that they taught make place soon. */
export function disbelieve(forest: Forest, untrusted: (window: Window, at: number) => boolean): void {
  const { window } = forest
  if (!window) return
  let any = false
  for (let at = 0; at < window.size; at++) {
    if (window.believed[at] === 0 || !untrusted(window, at)) continue
    window.believed[at] = 0
    any = true
  }
  if (any) forest.hurry = places
  if (any) forest.wait = Math.min(forest.wait, 25)
}
