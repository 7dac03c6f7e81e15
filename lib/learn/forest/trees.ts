/**
 * Decision trees in flat arrays: three integers a node, the class chances of leaves in 255ths.
 *
 * Node    [slot | category flag, threshold or mask, left child]; the right child follows the left. A leaf: [−1, 0, its number].
 * Memory  28 trees of at most 1,023 nodes and 512 leaves: .35 MB, and 14 kB a class.
 */
export interface Trees {
  /** Room for trees, each with a place of its own. */
  places: number
  nodesEach: number
  /** Room for classes. */
  room: number
  nodes: Int32Array
  votes: Uint8Array
  /** Rows that each tree was grown on, which is its weight; 0: no tree. */
  weight: Float64Array
}

export const nodeLength = 3
export const isCategory = 256

export const startTrees = (places: number, nodesEach: number): Trees => ({
  places,
  nodesEach,
  room: 0,
  nodes: new Int32Array(0),
  votes: new Uint8Array(0),
  weight: new Float64Array(places),
})

/** Makes room for trees of so many classes; those that stand keep their votes. */
export function makeRoom(trees: Trees, classes: number): void {
  if (trees.nodes.length === 0) trees.nodes = new Int32Array(trees.places * trees.nodesEach * nodeLength)
  if (classes <= trees.room) return
  let room = 2
  while (room < classes) room *= 2
  const leaves = trees.places * ((trees.nodesEach + 1) >> 1)
  const votes = new Uint8Array(leaves * room)
  for (let leaf = 0; leaf < leaves && trees.room > 0; leaf++)
    for (let k = 0; k < trees.room; k++) votes[leaf * room + k] = trees.votes[leaf * trees.room + k] as number
  trees.room = room
  trees.votes = votes
}

/** @returns where the votes of the leaf begin that tree `t` puts the row in. @param at its first key. @param step from one to the next. */
export function leafOf(trees: Trees, t: number, keys: Int32Array, at: number, step: number): number {
  const { nodes } = trees
  const root = t * trees.nodesEach * nodeLength
  let node = root
  let slot = nodes[node] as number
  while (slot >= 0) {
    const test = nodes[node + 1] as number
    const right =
      slot < isCategory
        ? (test - (keys[at + slot * step] as number)) >>> 31
        : (test >>> (keys[at + (slot - isCategory) * step] as number)) & 1
    node = root + ((nodes[node + 2] as number) + right) * nodeLength
    slot = nodes[node] as number
  }
  return (t * ((trees.nodesEach + 1) >> 1) + (nodes[node + 2] as number)) * trees.room
}

/** Trees are grown place by place: where the last of four stands, all do. */
const leaves = new Int32Array(64)

/** Numbers of the leaves that trees `t … t + 3` put the row in, into `leaves`. Four at a time: the way down one tree is a chain of fetches, which wait for one another. */
function fourLeaves({ nodes, nodesEach }: Trees, t: number, keys: Int32Array): void {
  const each = nodesEach * nodeLength
  const r0 = t * each
  const r1 = r0 + each
  const r2 = r1 + each
  const r3 = r2 + each
  let n0 = r0
  let n1 = r1
  let n2 = r2
  let n3 = r3
  let s0 = nodes[n0] as number
  let s1 = nodes[n1] as number
  let s2 = nodes[n2] as number
  let s3 = nodes[n3] as number
  // The slot of a leaf is −1: all four are leaves when what their slots have in common is.
  while ((s0 & s1 & s2 & s3) >= 0) {
    if (s0 >= 0) {
      const test = nodes[n0 + 1] as number
      const right =
        s0 < isCategory ? (test - (keys[s0] as number)) >>> 31 : (test >>> (keys[s0 - isCategory] as number)) & 1
      n0 = r0 + ((nodes[n0 + 2] as number) + right) * nodeLength
      s0 = nodes[n0] as number
    }
    if (s1 >= 0) {
      const test = nodes[n1 + 1] as number
      const right =
        s1 < isCategory ? (test - (keys[s1] as number)) >>> 31 : (test >>> (keys[s1 - isCategory] as number)) & 1
      n1 = r1 + ((nodes[n1 + 2] as number) + right) * nodeLength
      s1 = nodes[n1] as number
    }
    if (s2 >= 0) {
      const test = nodes[n2 + 1] as number
      const right =
        s2 < isCategory ? (test - (keys[s2] as number)) >>> 31 : (test >>> (keys[s2 - isCategory] as number)) & 1
      n2 = r2 + ((nodes[n2 + 2] as number) + right) * nodeLength
      s2 = nodes[n2] as number
    }
    if (s3 >= 0) {
      const test = nodes[n3 + 1] as number
      const right =
        s3 < isCategory ? (test - (keys[s3] as number)) >>> 31 : (test >>> (keys[s3 - isCategory] as number)) & 1
      n3 = r3 + ((nodes[n3 + 2] as number) + right) * nodeLength
      s3 = nodes[n3] as number
    }
  }
  leaves[t] = nodes[n0 + 2] as number
  leaves[t + 1] = nodes[n1 + 2] as number
  leaves[t + 2] = nodes[n2 + 2] as number
  leaves[t + 3] = nodes[n3 + 2] as number
}

/** Writes the trees' mean vote, by weight, into `p[0 … classes)`. @returns how many voted. */
export function voteOf(trees: Trees, keys: Int32Array, classes: number, p: Float64Array): number {
  const { votes, weight, places, nodesEach, room } = trees
  const most = Math.min(classes, room)
  const leavesEach = (nodesEach + 1) >> 1
  for (let k = 0; k < classes; k++) p[k] = 0
  let sum = 0
  let voted = 0
  for (let t = 0; t < places; t++) {
    const w = weight[t] as number
    if (w === 0) continue
    const last = t | 3
    const inFours = last < places && last < leaves.length && weight[last] !== 0
    if (inFours && (t & 3) === 0) fourLeaves(trees, t, keys)
    const leaf = inFours ? (t * leavesEach + (leaves[t] as number)) * room : leafOf(trees, t, keys, 0, 1)
    if (most === 2) {
      p[0] = (p[0] as number) + w * (votes[leaf] as number)
      p[1] = (p[1] as number) + w * (votes[leaf + 1] as number)
    } else for (let k = 0; k < most; k++) p[k] = (p[k] as number) + w * (votes[leaf + k] as number)
    sum += w
    voted++
  }
  let all = 0
  for (let k = 0; k < classes; k++) all += p[k] as number
  if (all > 0) for (let k = 0; k < classes; k++) p[k] = (p[k] as number) / all
  return sum > 0 ? voted : 0
}
