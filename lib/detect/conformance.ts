import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import type { Arrival } from '@/lib/event/types'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** How the conformance suite drives a detector: its own budget, every line the same mass, nothing else. One context for one run over one stream. */
export function conformanceContext(perEvents = 20_000, rows = 400): Context {
  const config = { baseline: { rows } }
  return {
    model: 'm',
    config,
    golden: [],
    frame: framesOf(startFrame(config)),
    mass: () => 1 / (2 * perEvents),
    uniform: hashUniform,
    learner: learnerOf(startLearner({ config, golden: [] })),
  }
}

export interface Run {
  alarms: Alarm[]
  scores: { index: number; suspicion: number }[]
  state: unknown
}

/** Feeds a stream in the batches that `sizes` names in turn; `between` sees the state after each batch and hands on the one to go on from. */
export function feed(
  // biome-ignore lint/suspicious/noExplicitAny: one suite over detectors of every state.
  detector: Detector<any, any>,
  stream: readonly Arrival[],
  sizes: readonly number[] = [stream.length],
  between: (state: unknown) => unknown = (state) => state,
): Run {
  const context = conformanceContext()
  const run: Run = { alarms: [], scores: [], state: detector.init(detector.params, context) }
  let at = 0
  for (let i = 0; at < stream.length || i === 0; i++) {
    const size = sizes[i % sizes.length] as number
    const step = detector.update(run.state, stream.slice(at, at + size), context)
    run.alarms.push(...step.alarms)
    run.scores.push(...(step.scores ?? []))
    run.state = between(step.state)
    at += size
    if (size === 0 && sizes.every((s) => s === 0)) break
  }
  return run
}
