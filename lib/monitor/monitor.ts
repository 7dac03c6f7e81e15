import { judge, release } from '@/lib/alert/coordinate'
import { noteAdopted, noteReturn, observe } from '@/lib/alert/coordinator'
import type { Finding, Subject, VerdictChange } from '@/lib/alert/finding'
import { noteWandering } from '@/lib/alert/usual'
import type { Alarm, Context, GoldenRow } from '@/lib/detect/detector'
import { framesOf } from '@/lib/detect/frame'
import { noteAccusation, suspicionOf } from '@/lib/detect/poison/accused-rows'
import { detectors } from '@/lib/detect/registry'
import type { Arrival } from '@/lib/event/types'
import { chargeLine } from '@/lib/evidence/budget'
import { learnGoldenRows } from '@/lib/learn/golden/learn-golden'
import { measureOn } from '@/lib/learn/influence/fit'
import { noteRow } from '@/lib/learn/influence/note-row'
import { wantsOf } from '@/lib/learn/wants'
import { learnerOf } from '@/lib/learn/witness'
import { captureBaseline } from '@/lib/monitor/baseline'
import { samplesPerLook, withCounterfactual, withInfluence } from '@/lib/monitor/influence'
import { type Kept, keptOf, startKept, stateVersion } from '@/lib/monitor/kept'
import type { Output } from '@/lib/monitor/output'
import { type Reader, readersOf } from '@/lib/monitor/readers'
import { sample } from '@/lib/monitor/sample'
import { sampleTriggers } from '@/lib/monitor/sample-triggers'
import type { Monitor, MonitorOptions, MonitorState } from '@/lib/monitor/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

export type { Monitor, MonitorOptions, MonitorState }

const scored = new Set(['ml.training.v1', 'ml.document.v1', 'ml.fact.v1', 'ml.update.v1'])
/** Events of a model between two looks at who is idle. */
const idleEvery = 256
const none: readonly Reader[] = []

export const createMonitor = (options: MonitorOptions): Monitor => run(options, startKept(options))

/** @throws RangeError when the state is of another version: rebuild the monitor from the stored events. */
export const restoreMonitor = (options: MonitorOptions, state: MonitorState): Monitor => run(options, keptOf(state))

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
