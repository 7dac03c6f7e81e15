import { scoreBlock } from '@/lib/detect/drift/pair/block'
import { heldBlocks, mostBins, type PairState, type PairUnit, pairPhases } from '@/lib/detect/drift/pair/state'
import { armRanks, reportRanks, watchRank } from '@/lib/detect/drift/rank-book'
import { middleEdges } from '@/lib/detect/drift/relation/columns'
import { bestSplit, ranksAmong } from '@/lib/detect/drift/relation/split'
import { returned } from '@/lib/detect/drift/return'
import { rankBets, rankBins } from '@/lib/evidence/rank-bets'
import { uniformFrom } from '@/lib/stats/hash-uniform'

/** Bets on the rank of a block: up or down by .4, .8 and 1.6 standard deviations of a block. By bin, side by side. */
const first = 4
export const pairBets = 6
const table = Float64Array.from({ length: pairBets * rankBins }, (_, at) => {
  const [bin, bet] = [Math.floor(at / pairBets), at % pairBets]
  return rankBets.both.fixed[(first + bet) * rankBins + bin] as number
})
/** Blocks before a new level is watched. */
const settleBlocks = 40

export interface PairCrossing {
  onsetBlock: number
  logE: number
  threshold: number
  current: Float32Array
  reference: Float32Array
  provisional: boolean
}

/** Puts a level in force, given its block values, sorted. */
export function armPair(state: PairState, pair: PairUnit, sorted: Float32Array, block: number): void {
  const from = pair.place * mostBins
  const edges = middleEdges(sorted, 2)
  state.edges.fill(Number.POSITIVE_INFINITY, from, from + mostBins)
  state.edges.set(edges.map(singleBelow), from)
  pair.level = sorted
  pair.reference = new Int32Array(edges.length + 1)
  for (const value of sorted) {
    const bin = binOf(state.edges, from, value)
    pair.reference[bin] = (pair.reference[bin] as number) + 1
  }
  pair.armedBlock = block
  state.phases[pair.place] = pairPhases.armed
  armRanks(state.ranks, pair.place, pair.reference)
}

/** The greatest number of single precision that is not above an edge: values are of single precision too, so it parts them as the edge does. */
function singleBelow(edge: number): number {
  const near = Math.fround(edge)
  return near > edge ? Math.fround(near - Math.abs(near) * 2 ** -24) : near
}

/** How many of the pair's edges lie below a value: six halvings, always, and no branch that depends on the data. */
function binOf(edges: Float32Array, from: number, value: number): number {
  let at = from - 1
  for (let step = 32; step > 0; step >>= 1) at += step * +((edges[at + step] as number) < value)
  return at - from + 1
}

/** Bins of the latest block by pair. */
let bins = new Uint8Array(190)

/** Takes a full block: what it says of each pair is remembered, and its bin found. Pair after pair, so that searches that wait for memory wait together. */
export function readBlock(state: PairState, block: number): void {
  const { recent, edges, pairs } = state
  const count = pairs.length
  const from = (block % heldBlocks) * count
  if (bins.length < count) bins = new Uint8Array(count)
  scoreBlock(state, recent, from)
  for (let p = 0; p < count; p++) bins[p] = binOf(edges, p * mostBins, recent[from + p] as number)
}

/**
 * Bets on the block that was read; its mass for this pair and a uniform number of its own stand in `dealt`. @returns what crossed; or that the pair is back
 * at its approved baseline.
 */
export function watchBlock(state: PairState, place: number, block: number): PairCrossing | 'back' | null {
  if (state.phases[place] === pairPhases.settling) {
    settle(state, state.pairs[place] as PairUnit, block)
    return null
  }
  if (!watchRank(state.ranks, place, table, bins[place] as number)) return null
  return cross(state, state.pairs[place] as PairUnit, block)
}

function cross(state: PairState, pair: PairUnit, block: number): PairCrossing | 'back' {
  const { logE, threshold } = reportRanks(state.ranks, pair.place)
  const from = Math.max(pair.armedBlock, block - heldBlocks + 1)
  const held = since(state, pair, from, block)
  const bins = Array.from(held, (value) => binOf(state.edges, pair.place * mostBins, value))
  const { at } = bestSplit(ranksAmong(pair.reference, bins, (i) => uniformFrom(pair.a + 64 * pair.b, from + i)))
  const onsetBlock = from + at
  const current = held.slice(at)
  const { provisional, level } = pair
  pair.onsetBlock = onsetBlock
  if (provisional && returned(asDouble(pair.approved), asDouble(level), current)) {
    pair.provisional = false
    armPair(state, pair, pair.approved, block + 1)
    return 'back'
  }
  pair.provisional = true
  state.phases[pair.place] = pairPhases.settling
  settle(state, pair, block)
  return { onsetBlock, logE, threshold, current, reference: level, provisional }
}

/** Arms on the level since the onset, once it has enough blocks. */
function settle(state: PairState, pair: PairUnit, block: number): void {
  if (block - pair.onsetBlock + 1 < settleBlocks) return
  const from = Math.max(pair.onsetBlock, block - heldBlocks + 1)
  armPair(state, pair, since(state, pair, from, block).sort(), block + 1)
}

const since = ({ recent, pairs }: PairState, { place }: PairUnit, from: number, to: number): Float32Array =>
  Float32Array.from(
    { length: to - from + 1 },
    (_, i) => recent[((from + i) % heldBlocks) * pairs.length + place] as number,
  )

const asDouble = (values: Float32Array): Float64Array => Float64Array.from(values)
