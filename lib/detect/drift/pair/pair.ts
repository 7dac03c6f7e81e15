import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { pairAlarm } from '@/lib/detect/drift/pair/alarm'
import { addToBlock, emptyBlock } from '@/lib/detect/drift/pair/block'
import { completePairs } from '@/lib/detect/drift/pair/complete'
import { heldBlocks, type PairState, type PairUnit, pairPhases, startPairs } from '@/lib/detect/drift/pair/state'
import { readBlock, watchBlock } from '@/lib/detect/drift/pair/unit'
import { dealt, reportRanks } from '@/lib/detect/drift/rank-book'
import { columnRow, gatherColumns, readColumns } from '@/lib/detect/drift/relation/columns'
import { rowAt } from '@/lib/detect/drift/rows'
import { readSegment } from '@/lib/detect/drift/segment/codes'
import type { Frame } from '@/lib/detect/frame'
import { worstFirst } from '@/lib/evidence/report'
import { massAt, uniformAt } from '@/lib/evidence/stake'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * Two numeric features whose dependence changes though each keeps its own distribution: a join gone wrong, a column read from another row.
 *
 * Watches   every pair of the first twenty numeric features; the pairs that are correlated in the baseline have half of the mass.
 * Misses    dependence that the correlation of normal scores does not show (three features together, a circle), and seasonal models: both are
 *           drift/joint/joint's. Features too correlated in time to be whitened. What moves with a segment mix shows here too.
 * Assumes   blocks of eight rows exchangeable while nothing changes; pairs whose blocks are serially correlated are left out.
 * Evidence  e-detector over bets on the conformal rank of a block's efficient score of the correlation.
 * Effect    change of the correlation of normal scores, less what chance explains.
 * Source    efficient score of the bivariate normal correlation: Lehmann & Romano, Testing Statistical Hypotheses, ch. 12; Vovk 2021.
 */
export interface PairParams {
  readonly least: number
  readonly mostFeatures: number
}

const version = 4

export const pairDependence: Detector<PairParams, PairState> = {
  id: 'drift.multivariate/pair',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.08,
  minSample: 2000,
  params: { least: 0.08, mostFeatures: 20 },
  idle: (state) => state.phase === 'off',

  init: () => startPairs(version),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (state.phase === 'off') continue
      if (frame.cells > 1) {
        Object.assign(state, startPairs(version), { phase: 'off' })
        continue
      }
      const { features } = event.data
      const familiar = readSegment(frame.segments, event.data.segment, codes)
      if (!frame.armed) {
        gatherColumns(state.columns, features, mostColumns)
        continue
      }
      if (state.phase === 'gathering') {
        completePairs(state, features, pairDependence.params.mostFeatures)
        if (isOff(state)) continue
      }
      readColumns(state.columns, features, row)
      if (!familiar) continue
      if (state.rows === 0) state.firstRows[state.blocks % heldBlocks] = frame.row
      state.mass += ctx.mass(arrival)
      if (!addToBlock(state, row.bins)) continue
      const block = state.blocks++
      readBlock(state, block)
      dealt[uniformAt] = ctx.uniform(pairDependence.id, block)
      for (let p = 0; p < state.pairs.length; p++) {
        if (state.phases[p] === pairPhases.off) continue
        const u: number = (dealt[uniformAt] as number) + goldenStep
        dealt[uniformAt] = u >= 1 ? u - 1 : u
        dealt[massAt] = state.mass * (state.part[p] as number)
        const crossing = watchBlock(state, p, block)
        if (crossing === null) continue
        const pair = state.pairs[p] as PairUnit
        if (crossing === 'back') returns.push(backAt(state, pair, frame, arrival.index))
        else {
          const alarm = pairAlarm(state, pair, crossing, frame, pairDependence.params.least)
          if (alarm) alarms.push(alarm)
        }
      }
      emptyBlock(state)
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const pair of state.pairs) {
      if (state.phases[pair.place] === pairPhases.off || state.ranks.updates[pair.place] === 0) continue
      standings.push({
        kind: 'drift.multivariate',
        unit: unitOf(state, pair),
        subject: { features: namesOf(state, pair) },
        ...reportRanks(state.ranks, pair.place),
        effect: 0,
      })
    }
    return worstFirst(standings, limit)
  },
}

/** Columns read at all: those beyond the twenty in use may come first in a row. */
const mostColumns = 64
const codes = new Uint8Array(64)
const row = columnRow(mostColumns)

const isOff = (state: PairState): boolean => state.phase === 'off'
const namesOf = (state: PairState, pair: PairUnit): string[] =>
  [pair.b, pair.a].map((place) => state.columns.names[state.used[place] as number] as string)
const unitOf = (state: PairState, pair: PairUnit): string => `features=${namesOf(state, pair).join()}`

/** A pair that went back to its approved baseline at the row at hand. */
const backAt = (state: PairState, pair: PairUnit, { rows }: Frame, line: number): Return => ({
  kind: 'drift.multivariate',
  unit: unitOf(state, pair),
  subject: { features: namesOf(state, pair) },
  eventIndex: line,
  onsetIndex: rowAt(rows, state.firstRows[pair.onsetBlock % heldBlocks] as number).line,
})
