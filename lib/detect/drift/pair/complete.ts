import { addToBlock, emptyBlock, scoreBlock } from '@/lib/detect/drift/pair/block'
import {
  blockRows,
  heldBlocks,
  mostBins,
  type PairState,
  type PairUnit,
  pairPhases,
} from '@/lib/detect/drift/pair/state'
import { armPair, pairBets } from '@/lib/detect/drift/pair/unit'
import { startRankBook } from '@/lib/detect/drift/rank-book'
import { completeColumns, noBin } from '@/lib/detect/drift/relation/columns'
import type { Features } from '@/lib/event/types'
import { normalQuantile } from '@/lib/stats/normal'

/** Pairs beyond this correlation in the baseline have half of the mass; at most this many. */
const correlated = 0.15
const mostCorrelated = 30
/** Blocks that follow one another beyond this correlation cannot be ranked. */
const mostSerial = 0.2
const fewestBlocks = 20

/** The baseline is over: chooses the features, measures every pair, and arms it on the blocks of the baseline. */
export function completePairs(state: PairState, features: Features, mostFeatures: number): void {
  const bins = completeColumns(state.columns, features)
  const scores: Float64Array[] = []
  for (let column = 0; column < bins.length && state.used.length < mostFeatures; column++) {
    const grid = state.columns.grids[column]
    // Two values have no score worth multiplying beside their shares.
    if (!grid || grid.edges.length < 2) continue
    state.used.push(column)
    scores.push(scoresOf(bins[column] as Uint8Array, grid.edges.length + 1))
  }
  const rows = state.columns.rows
  const width = state.used.length
  const places: [number, number][] = []
  for (let a = 1; a < width; a++) for (let b = 0; b < a; b++) places.push([a, b])
  state.scores = new Float64Array(width * mostBins)
  for (const [i, own] of scores.entries()) state.scores.set(own, i * mostBins)
  state.filling = new Float64Array(width * blockRows)
  state.firstRows = new Float64Array(heldBlocks)
  state.phase = places.length > 0 && rows >= fewestBlocks * blockRows ? 'armed' : 'off'
  if (state.phase === 'off') return

  const z = state.used.map((column, i) =>
    Float64Array.from(bins[column] as Uint8Array, (bin) => (bin === noBin ? 0 : (scores[i]?.[bin] as number))),
  )
  const squares = z.map((own) => dot(own, own))
  const rho = places.map(([a, b]) => {
    const size = Math.sqrt((squares[a] as number) * (squares[b] as number))
    const product = dot(z[a] as Float64Array, z[b] as Float64Array)
    return size > 0 ? Math.min(0.98, Math.max(-0.98, product / size)) : 0
  })
  state.rho = Float64Array.from(rho)

  const strong = rho
    .map((r, p) => [Math.abs(r), p] as const)
    .filter(([size]) => size > correlated)
    .sort((x, y) => y[0] - x[0] || x[1] - y[1])
    .slice(0, mostCorrelated)
    .map(([, p]) => p)
  const isStrong = new Set(strong)
  const weak = places.length - strong.length
  const half = strong.length > 0 && weak > 0 ? 0.5 : 1
  const values = places.map(() => [] as number[])
  const latest = new Float32Array(places.length)
  for (let row = 0; row < rows; row++) {
    if (
      !addToBlock(
        state,
        bins.map((column) => column[row] as number),
      )
    )
      continue
    scoreBlock(state, latest, 0)
    for (let p = 0; p < latest.length; p++) values[p]?.push(latest[p] as number)
    emptyBlock(state)
  }
  emptyBlock(state)
  state.part = Float64Array.from(places, (_, p) => half / (isStrong.has(p) ? strong.length : weak))
  state.phases = new Uint8Array(places.length)
  state.ranks = startRankBook(places.length, pairBets)
  state.edges = new Float32Array(places.length * mostBins)
  state.recent = new Float32Array(places.length * heldBlocks).fill(Number.NaN)
  state.pairs = places.map(([a, b], p) => {
    const pair = startPair(p, a, b, Float32Array.from(values[p] ?? []))
    armPair(state, pair, pair.approved, 0)
    if (Math.abs(serial(values[p] ?? [])) > mostSerial) state.phases[p] = pairPhases.off
    return pair
  })
}

/** @param values of the baseline's blocks. */
function startPair(place: number, a: number, b: number, values: Float32Array): PairUnit {
  return {
    place,
    a,
    b,
    provisional: false,
    approved: values.sort(),
    level: new Float32Array(0),
    reference: new Int32Array(0),
    armedBlock: 0,
    onsetBlock: 0,
  }
}

/** Normal score of each bin: the standard normal quantile of its middle rank. */
function scoresOf(bins: Uint8Array, count: number): Float64Array {
  const counts = new Float64Array(count)
  let total = 0
  for (const bin of bins) {
    if (bin === noBin) continue
    counts[bin] = (counts[bin] as number) + 1
    total++
  }
  let below = 0
  return counts.map((own) => {
    const score = normalQuantile((below + own / 2 + 0.25) / (total + 0.5))
    below += own
    return score
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function serial(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  let square = 0
  let cross = 0
  for (let i = 0; i < values.length; i++) {
    const here = (values[i] as number) - mean
    square += here * here
    if (i > 0) cross += here * ((values[i - 1] as number) - mean)
  }
  return square > 0 ? cross / square : 0
}
