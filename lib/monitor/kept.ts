import { type CoordinatorState, startCoordinator } from '@/lib/alert/coordinator'
import { type FrameState, startFrame } from '@/lib/detect/frame'
import { type AccusedRows, startAccusedRows } from '@/lib/detect/poison/accused-rows'
import { detectors } from '@/lib/detect/registry'
import { type BudgetState, startBudget } from '@/lib/evidence/budget'
import { type Influence, startInfluence } from '@/lib/learn/influence/influence'
import { type LearnerState, startLearner } from '@/lib/learn/witness'
import { type BaselineState, startBaseline } from '@/lib/monitor/baseline'
import { baselineRowsOf } from '@/lib/monitor/config'
import type { MonitorOptions, MonitorState } from '@/lib/monitor/types'

/** What is kept between events. `seq`: how many events of this model came before. */
export interface Kept {
  seq: number
  firstSeq: number
  firstIndex: number
  budget: BudgetState
  baseline: BaselineState
  coordinator: CoordinatorState
  frame: FrameState
  learner: LearnerState
  influence: Influence
  accused: AccusedRows
  /** Id of the golden set that was taken on last. */
  trusted: string | null
  /** Detectors with nothing to watch, as last asked. */
  idle: string[]
  /** By detector id; a detector's state is its own affair, its version is not. */
  detectors: Record<string, { version: number; state: unknown }>
}

/** Raise this when the meaning of `Kept` changes; older snapshots are then rebuilt from the stored events. */
export const stateVersion = 11

export function startKept(options: MonitorOptions): Kept {
  const config = options.config ?? {}
  const init = { model: options.model, config, golden: options.golden ?? [] }
  return {
    seq: options.firstSeq ?? 0,
    firstSeq: options.firstSeq ?? 0,
    firstIndex: -1,
    budget: startBudget(config.budget),
    baseline: startBaseline(baselineRowsOf(config)),
    coordinator: startCoordinator(),
    frame: startFrame(config),
    learner: startLearner(init),
    influence: startInfluence(),
    accused: startAccusedRows(),
    trusted: null,
    idle: [],
    detectors: Object.fromEntries(detectors.map((d) => [d.id, { version: d.version, state: d.init(d.params, init) }])),
  }
}

/** @throws RangeError when the state is of another version: rebuild the monitor from the stored events. */
export function keptOf(state: MonitorState): Kept {
  if (state.version !== stateVersion)
    throw new RangeError(`monitor state version ${state.version}, expected ${stateVersion}`)
  const kept = state.data as Kept
  const ids = Object.keys(kept.detectors)
  for (const detector of detectors) {
    const version = kept.detectors[detector.id]?.version
    if (version !== detector.version)
      throw new RangeError(`state of ${detector.id} is version ${version ?? 'none'}, expected ${detector.version}`)
  }
  if (ids.length !== detectors.length)
    throw new RangeError(`state holds ${ids.length} detectors, expected ${detectors.length}`)
  return kept
}
