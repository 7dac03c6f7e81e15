import { judge, release } from '@/lib/alert/coordinate'
import { type CoordinatorState, noteAdopted, noteReturn, observe, startCoordinator } from '@/lib/alert/coordinator'
import type { Finding, Subject, VerdictChange } from '@/lib/alert/finding'
import { noteWandering } from '@/lib/alert/usual'
import type { Alarm, Context, Detector, GoldenRow } from '@/lib/detect/detector'
import { type FrameState, framesOf, startFrame } from '@/lib/detect/frame'
import { type AccusedRows, noteAccusation, startAccusedRows, suspicionOf } from '@/lib/detect/poison/accused-rows'
import { detectors } from '@/lib/detect/registry'
import type { Arrival, EventType } from '@/lib/event/types'
import { type BudgetState, chargeLine, startBudget } from '@/lib/evidence/budget'
import { learnGoldenRows } from '@/lib/learn/golden/learn-golden'
import { measureOn } from '@/lib/learn/influence/fit'
import { type Influence, startInfluence } from '@/lib/learn/influence/influence'
import { noteRow } from '@/lib/learn/influence/note-row'
import { wantsOf } from '@/lib/learn/wants'
import { type LearnerState, learnerOf, startLearner } from '@/lib/learn/witness'
import { type BaselineState, captureBaseline, startBaseline } from '@/lib/monitor/baseline'
import { baselineRowsOf, type ModelConfig } from '@/lib/monitor/config'
import { samplesPerLook, withCounterfactual, withInfluence } from '@/lib/monitor/influence'
import type { Output } from '@/lib/monitor/output'
import { sample } from '@/lib/monitor/sample'
import { sampleTriggers } from '@/lib/monitor/sample-triggers'
import { sharesByType } from '@/lib/monitor/shares'
import { hashUniform } from '@/lib/stats/hash-uniform'

/** One model's watch: every detector, the budget they share, and the coordinator that judges their alarms together. Pure and deterministic. */
export interface Monitor {
  readonly model: string
  /**
   * Takes one event, in arrival order, and gives what it raised at this line.
   * @param more others of this model follow at once: a sample that is due waits for the last of them
   */
  accept(arrival: Arrival, more?: boolean): readonly Output[]
  /** Someone approved the level of a subject as the new normal, or took that back; from the next event on. @returns whether a unit took it on. */
  adopt(subject: Subject, what: 'adopt' | 'withdraw'): boolean
  /**
   * Another golden set was approved: it counts from the next event on. Its rows are no part of the snapshot: whoever restores it gives them as `golden`.
   * @param id of the set: taken on twice, it is learned once.
   */
  trust(golden: readonly GoldenRow[], id: string): void
  /** Plain data; serialise it before the next event is accepted. `restoreMonitor` goes on from it as if nothing had happened. */
  snapshot(): MonitorState
}

export interface MonitorState {
  readonly version: number
  readonly data: unknown
}

export interface MonitorOptions {
  readonly model: string
  readonly config?: ModelConfig
  readonly golden?: readonly GoldenRow[]
  /** Events of the model between two samples of evidence and source standings; 0: none (replay). */
  readonly sampleEvery?: number
  /** Events of the model before the first one that this monitor is shown: it numbers on from there. */
  readonly firstSeq?: number
  /** Emit a score for every training row, document, fact and update. */
  readonly scores?: boolean
}

/** What is kept between events. `seq`: how many events of this model came before. */
interface Kept {
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
const stateVersion = 9
const scored = new Set(['ml.training.v1', 'ml.document.v1', 'ml.fact.v1', 'ml.update.v1'])
/** Events of a model between two looks at who is idle. */
const idleEvery = 256

/** Who reads an event of a type, in the order of the registry, and its part of the line's mass. */
interface Reader {
  /** The detector's own, at hand: detectors differ in shape, readers do not. */
  readonly update: Detector['update']
  readonly place: number
  readonly part: number
}
const none: readonly Reader[] = []

function readersOf(idle: readonly string[]): Map<EventType, Reader[]> {
  const share = sharesByType(detectors, idle)
  const readers = new Map<EventType, Reader[]>()
  for (const [place, detector] of detectors.entries()) {
    for (const type of detector.reads) {
      const reader = { update: detector.update, place, part: share(detector.id, type) }
      readers.set(type, [...(readers.get(type) ?? []), reader])
    }
  }
  return readers
}

export function createMonitor(options: MonitorOptions): Monitor {
  const config = options.config ?? {}
  const init = { model: options.model, config, golden: options.golden ?? [] }
  return run(options, {
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
  })
}

/** @throws RangeError when the state is of another version: rebuild the monitor from the stored events. */
export function restoreMonitor(options: MonitorOptions, state: MonitorState): Monitor {
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
  return run(options, kept)
}

function run(options: MonitorOptions, kept: Kept): Monitor {
  const { model, sampleEvery = 0, scores = false } = options
  let detectorMass = 0
  let readers = readersOf(kept.idle)
  const wants = wantsOf(detectors)
  const withSums = wants.has('influence')
  const learner = learnerOf(kept.learner, wants)
  const { shadow } = kept.learner
  let golden = options.golden ?? []
  const context: Context = {
    model,
    config: options.config ?? {},
    get golden() {
      return golden
    },
    mass: () => detectorMass,
    frame: framesOf(kept.frame),
    uniform: hashUniform,
    learner,
  }

  const slots = detectors.map((detector) => kept.detectors[detector.id] as { state: unknown })
  const batch: Arrival[] = []

  const placeOf = ({ event, index }: Arrival) => ({
    model,
    seq: kept.seq,
    index,
    timeMs: event.timeMs,
    linesPerEvent: Math.max(1, (index - kept.firstIndex + 1) / (kept.seq - kept.firstSeq + 1)),
  })

  // Of the line at hand. Functions are made once a monitor and not once an event.
  let outputs: Output[] = []
  let found = false
  function say(all: readonly (Finding | VerdictChange)[]): void {
    for (const said of all) {
      if (said.type === 'finding') found = true
      outputs.push(said.type === 'finding' ? withCounterfactual(said, kept.influence, shadow, golden) : said)
    }
  }

  let sampledSeq = kept.seq
  const lookAt = (seq: number) => Math.floor(seq / (sampleEvery * samplesPerLook))
  /** Whether a multiple of `sampleEvery` events was reached since the last sample. */
  const sampleDue = () => Math.floor((kept.seq + 1) / sampleEvery) > Math.floor(sampledSeq / sampleEvery)

  function accept(arrival: Arrival, more = false): readonly Output[] {
    const { event, index } = arrival
    if (kept.firstIndex < 0) kept.firstIndex = index
    outputs = []
    found = false
    const lineMass = chargeLine(kept.budget, event.timeMs, event.type)
    const baseline = captureBaseline(kept.baseline, arrival)
    if (baseline && sampleEvery > 0) outputs.push(baseline)

    context.frame(arrival)

    let suspicion = 0
    observe(kept.coordinator, arrival, kept.seq)
    if (kept.coordinator.held.length > 0) say(release(kept.coordinator, placeOf(arrival)))
    batch[0] = arrival
    for (const reader of readers.get(event.type) ?? none) {
      const slot = slots[reader.place] as { state: unknown }
      detectorMass = lineMass * reader.part
      const step = reader.update(slot.state, batch, context)
      slot.state = step.state
      if (step.scores) for (const score of step.scores) suspicion = Math.max(suspicion, score.suspicion)
      if (step.returns) for (const back of step.returns) noteReturn(kept.coordinator, back)
      if (step.wandering) noteWandering(kept.coordinator.usual, step.wandering)
      for (const alarm of step.alarms) {
        if (Math.abs(alarm.effect) < (context.config.leastEffect?.[alarm.kind] ?? 0)) continue
        noteAccusation(kept.accused, alarm)
        say(judge(kept.coordinator, refined(alarm, arrival), placeOf(arrival)))
      }
    }
    if (withSums) noteRow(kept.influence, learner, arrival, golden)
    if (scores) suspicion = suspicionOf(kept.accused, suspicion, arrival, learner)
    learner.settle()
    if (scores && scored.has(event.type))
      outputs.push({ type: 'score', source: event.source, eventId: event.id, suspicion: Number(suspicion.toFixed(4)) })
    if (sampleEvery > 0 && (found || (!more && sampleDue()))) {
      const sampled = sample(detectors, kept.detectors, placeOf(arrival), kept.coordinator.usual.wandering)
      const isLook = found || lookAt(kept.seq + 1) > lookAt(sampledSeq)
      outputs.push(...withInfluence(sampled, kept.influence, shadow, isLook ? lookAt(kept.seq) : null))
      outputs.push(...sampleTriggers(detectors, kept.detectors, placeOf(arrival)))
      sampledSeq = kept.seq + 1
    }
    kept.seq++
    if (kept.seq % idleEvery === 0) lookForIdle()
    return outputs
  }

  function refined(alarm: Alarm, arrival: Arrival): Alarm {
    const frame = context.frame(arrival)
    return detectors.reduce(
      (known, d, place) => d.refine?.((slots[place] as { state: unknown }).state, known, frame) ?? known,
      alarm,
    )
  }

  function lookForIdle(): void {
    const idle = detectors.filter((d, place) => d.idle?.((slots[place] as { state: unknown }).state)).map((d) => d.id)
    if (idle.join() === kept.idle.join()) return
    kept.idle = idle
    readers = readersOf(idle)
  }

  function adopt(subject: Subject, what: 'adopt' | 'withdraw'): boolean {
    const row = kept.frame.rows.rows
    const taken = detectors.map((d, place) => d.adopt?.((slots[place] as { state: unknown }).state, subject, row, what))
    if (!taken.includes(true)) return false
    noteAdopted(kept.coordinator, subject)
    return true
  }

  function trust(rows: readonly GoldenRow[], id: string): void {
    golden = rows
    if (kept.trusted === id) return
    kept.trusted = id
    learnGoldenRows(shadow, rows)
    measureOn(kept.influence, shadow, rows)
  }

  return { model, accept, adopt, trust, snapshot: () => ({ version: stateVersion, data: kept }) }
}
