import { heldBlocks, type PairUnit } from '@/lib/detect/drift/pair-state'
import { middleEdges } from '@/lib/detect/drift/relation-columns'
import { bestSplit, ranksAmong } from '@/lib/detect/drift/relation-split'
import { returned } from '@/lib/detect/drift/return'
import { clearEvidence, count, startEvidence } from '@/lib/evidence/e-detector'
import { rankBets, rankBin, rankBins } from '@/lib/evidence/rank-bets'
import { reportEvidence } from '@/lib/evidence/report'
import { uniformFrom } from '@/lib/stats/hash-uniform'
import { binOfValue } from '@/lib/stats/quantile-edges'
import { addCount, countsBelow, runningCounts } from '@/lib/stats/running-counts'

/** Bets on the rank of a block: up or down by .4, .8 and 1.6 standard deviations of a block. By bin, side by side. */
const first = 4
const bets = 6
const table = Float64Array.from({ length: bets * rankBins }, (_, at) => {
  const [bin, bet] = [Math.floor(at / bets), at % bets]
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

/** @param values of the baseline's blocks in order. */
export function startPair(a: number, b: number, rho: number, part: number, values: Float32Array): PairUnit {
  const unit: PairUnit = {
    a,
    b,
    rho,
    part,
    phase: 'armed',
    provisional: false,
    approved: values.slice().sort(),
    level: new Float32Array(0),
    edges: new Float64Array(0),
    counts: runningCounts([]),
    reference: new Int32Array(0),
    total: 0,
    evidence: startEvidence(bets),
    armedBlock: 0,
    onsetBlock: 0,
    recent: new Float32Array(heldBlocks).fill(Number.NaN),
  }
  armOn(unit, unit.approved, 0)
  return unit
}

function armOn(unit: PairUnit, sorted: Float32Array, block: number): void {
  unit.level = sorted
  unit.edges = middleEdges(sorted, 2)
  unit.reference = new Int32Array(unit.edges.length + 1)
  for (const value of sorted) {
    const bin = binOfValue(unit.edges, value)
    unit.reference[bin] = (unit.reference[bin] as number) + 1
  }
  unit.counts = runningCounts(unit.reference)
  unit.total = sorted.length
  unit.armedBlock = block
  unit.phase = 'armed'
  clearEvidence(unit.evidence)
}

/** Takes the value of a block. @returns what crossed, or null. `u` is uniform and its own for this block. */
export function watchBlock(unit: PairUnit, block: number, value: number, mass: number, u: number): PairCrossing | null {
  if (unit.phase === 'off') return null
  unit.recent[block % heldBlocks] = value
  if (unit.phase === 'settling') {
    settle(unit, block)
    return null
  }
  const bin = binOfValue(unit.edges, value)
  const below = countsBelow(unit.counts, bin)
  const own = countsBelow(unit.counts, bin + 1) - below
  const from = rankBin((below + u * (own + 1)) / (unit.total + 1)) * bets
  addCount(unit.counts, bin)
  unit.total++
  count(unit.evidence, mass)
  const { m } = unit.evidence
  let total = 0
  for (let b = 0; b < bets; b++) {
    const after = (table[from + b] as number) * ((m[b] as number) + mass / bets)
    m[b] = after
    total += after
  }
  return total < 1 ? null : cross(unit, block, total)
}

function cross(unit: PairUnit, block: number, total: number): PairCrossing | null {
  const { logE, threshold } = reportEvidence(unit.evidence, total)
  const from = Math.max(unit.armedBlock, block - heldBlocks + 1)
  const held = since(unit, from, block)
  const bins = Array.from(held, (value) => binOfValue(unit.edges, value))
  const { at } = bestSplit(ranksAmong(unit.reference, bins, (i) => uniformFrom(unit.a + 64 * unit.b, from + i)))
  const onsetBlock = from + at
  const current = held.slice(at)
  const { provisional, level } = unit
  unit.onsetBlock = onsetBlock
  if (provisional && returned(asDouble(unit.approved), asDouble(level), current)) {
    unit.provisional = false
    armOn(unit, unit.approved, block + 1)
    return null
  }
  unit.provisional = true
  unit.phase = 'settling'
  settle(unit, block)
  return { onsetBlock, logE, threshold, current, reference: level, provisional }
}

/** Arms on the level since the onset, once it has enough blocks. */
function settle(unit: PairUnit, block: number): void {
  if (block - unit.onsetBlock + 1 < settleBlocks) return
  armOn(unit, since(unit, Math.max(unit.onsetBlock, block - heldBlocks + 1), block).sort(), block + 1)
}

const since = (unit: PairUnit, from: number, to: number): Float32Array =>
  Float32Array.from({ length: to - from + 1 }, (_, i) => unit.recent[(from + i) % heldBlocks] as number)

const asDouble = (values: Float32Array): Float64Array => Float64Array.from(values)
