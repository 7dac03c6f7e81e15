import type { Alarm, Detector, Return } from '@/lib/detect/detector'
import { skipCode, watchCode } from '@/lib/detect/drift/code/unit'
import { embeddingAlarm } from '@/lib/detect/drift/embedding/alarm'
import {
  armFaults,
  type EmbeddingFaults,
  faultAlarm,
  hasShape,
  isFrozen,
  startFaults,
} from '@/lib/detect/drift/embedding/faults'
import {
  type EmbeddingModel,
  embeddingSeries,
  fixModel,
  learnEmbedding,
  measureEmbedding,
  shapeModel,
  startEmbeddingModel,
} from '@/lib/detect/drift/embedding/model'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import {
  completeGroup,
  gatherGroup,
  groupIsOff,
  groupStanding,
  type SeriesGroup,
  skipGroup,
  startGroup,
  watchGroup,
} from '@/lib/detect/drift/relation/group'
import { featureReturn } from '@/lib/detect/drift/rows'
import type { Frame } from '@/lib/detect/frame'
import { baselineRowsOf } from '@/lib/monitor/config'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * Embeddings that change: where they lie, how far they spread, their length; or that are no measurements any more.
 *
 * Watches   the `embedding` of `ml.prediction.v1`: its length, its distance from the baseline's mean, twelve fixed random directions, the distance to the
 *           nearest of sixteen known clumps; dimensions and finiteness (`quality.schema`); zeros and repeats (`quality.frozen`).
 * Misses    a change of dependence that neither directions nor distances show; directions beyond those drawn lose power with the dimensions.
 * Assumes   embeddings exchangeable while nothing changes, after the whitening of each series.
 * Evidence  a numeric unit for each series; the first to cross speaks for all. Mean and spread come from the first half of the baseline, ranks from
 *           its second half.
 * Effect    of that series.
 * Source    Charikar, Chen & Farach-Colton 2002, Count sketch; Achlioptas 2003, Database-friendly random projections; Lloyd 1982, k-means.
 */
export interface EmbeddingParams {
  readonly bounds: PracticalBounds
}

export interface EmbeddingState {
  version: number
  phase: 'empty' | 'learning' | 'gathering' | 'armed' | 'off'
  model: EmbeddingModel
  group: SeriesGroup
  faults: EmbeddingFaults
}

const version = 5
/** Of the mass for the two faults; the series have the rest. */
const faultPart = 0.2

export const embeddingDrift: Detector<EmbeddingParams, EmbeddingState> = {
  id: 'drift.feature/embedding',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.04,
  minSample: 2000,
  params: { bounds: usualBounds },
  idle: (state) => state.phase === 'empty' || state.phase === 'off',

  init: () => ({
    version,
    phase: 'empty',
    model: startEmbeddingModel(),
    group: startGroup([]),
    faults: startFaults(),
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      const { embedding } = event.data
      if (state.phase === 'off' || (state.phase === 'empty' && !embedding)) continue
      if (!frame.armed) {
        if (embedding) gather(state, embedding, frame, event.timeMs, baselineRowsOf(ctx.config) / 2)
        continue
      }
      if (state.phase !== 'armed') arm(state, frame)
      const { shapeUnit, frozenUnit } = state.faults
      if (state.phase !== 'armed' || !shapeUnit || !frozenUnit) continue
      if (!embedding || !frame.familiar) {
        skipGroup(state.group, frame.row)
        skipCode(shapeUnit, frame.row)
        skipCode(frozenUnit, frame.row)
        continue
      }
      const { model, faults } = state
      const mass = ctx.mass(arrival)
      const u = ctx.uniform(embeddingDrift.id, frame.row)
      const bad = !hasShape(embedding, model.dimensions)
      const shape = watchCode(shapeUnit, frame.row, bad ? 1 : 0, (mass * faultPart) / 2, u)
      if (shape) add(alarms, faultAlarm('shape', shape, model.dimensions, embedding.length, frame))
      if (bad) {
        skipGroup(state.group, frame.row)
        skipCode(frozenUnit, frame.row)
        continue
      }
      const still = isFrozen(faults, embedding)
      const frozen = watchCode(frozenUnit, frame.row, still ? 1 : 0, (mass * faultPart) / 2, (u + goldenStep) % 1)
      if (frozen) add(alarms, faultAlarm('frozen', frozen, model.dimensions, embedding.length, frame))
      if (still) {
        skipGroup(state.group, frame.row)
        continue
      }
      measureEmbedding(model, embedding, values, false)
      const step = watchGroup(state.group, values, mass * (1 - faultPart), u, frame, event.timeMs)
      if (step.crossed)
        add(alarms, embeddingAlarm(step.crossed.name, step.crossed.crossing, frame.rows, embeddingDrift.params.bounds))
      if (step.returnedFrom !== null) returns.push(featureReturn('embedding', step.returnedFrom, frame.rows))
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const worst = state.phase === 'armed' && limit > 0 ? groupStanding(state.group) : null
    if (!worst) return []
    return [
      { kind: 'drift.feature', unit: 'feature=embedding', subject: { feature: 'embedding' }, effect: 0, ...worst },
    ]
  },
}

const fewestRows = 100
const mostDimensions = 8192
/** The embedding at hand. */
const values = new Float64Array(embeddingSeries.length)

function add(alarms: Alarm[], alarm: Alarm | null): void {
  if (alarm) alarms.push(alarm)
}

function gather(state: EmbeddingState, vector: readonly number[], frame: Frame, timeMs: number, half: number): void {
  const { model, faults } = state
  if (state.phase === 'empty') {
    if (vector.length === 0 || vector.length > mostDimensions || frame.row >= half) {
      state.phase = 'off'
      return
    }
    shapeModel(model, vector.length)
    state.group = startGroup(embeddingSeries)
    state.phase = 'learning'
  }
  const good = hasShape(vector, model.dimensions)
  faults.shape[good ? 0 : 1]++
  if (!good) return
  const still = isFrozen(faults, vector)
  faults.frozen[still ? 1 : 0]++
  if (frame.row < half) {
    learnEmbedding(model, vector)
    return
  }
  if (state.phase === 'learning') {
    fixModel(model)
    state.phase = 'gathering'
  }
  if (still) return
  measureEmbedding(model, vector, values, true)
  gatherGroup(state.group, values, frame, timeMs)
}

function arm(state: EmbeddingState, frame: Frame): void {
  const watched = state.phase === 'gathering' && state.model.rows >= fewestRows
  state.phase = watched ? 'armed' : 'off'
  if (!watched) return
  completeGroup(state.group, frame)
  armFaults(state.faults, frame.row)
  // An embedding that never moves still has a shape.
  if (groupIsOff(state.group) && state.faults.shape[0] < fewestRows) state.phase = 'off'
}
