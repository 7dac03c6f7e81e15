import { applyControl, type Control } from './control'
import { acknowledged, answer, answerId, learnerSource, published, rowOf } from './events'
import { Learner } from './learner'
import type { PredictionRequest } from './row'
import { type LearnerSpec, learnerSpecs } from './spec'

/** An event on its way to Assay. */
export type Said = ReturnType<typeof answer> | ReturnType<typeof published> | ReturnType<typeof acknowledged>

/** An event as it lies in the log, whoever sent it. */
interface Logged {
  id: string
  source: string
  type: string
  time: string
  data: Record<string, unknown>
}

/**
 * All models of the learner, and what they have said already.
 *
 * The log is its memory: it starts by reading the events topic from the beginning, where it finds the rows to learn from and its own earlier words,
 * so that after a crash it knows what it knew and repeats nothing.
 */
export class LearnerService {
  readonly learners: Map<string, Learner>
  private readonly said = new Set<string>()
  /** For each acknowledged control: how many rows the model had then. */
  private readonly learnedAt = new Map<string, number>()
  private readonly active = new Map<string, Map<string, Control>>()

  constructor(specs: readonly LearnerSpec[] = learnerSpecs) {
    this.learners = new Map(specs.map((spec) => [spec.model, new Learner(spec)]))
  }

  /** Takes an event of the log. @returns what is to be published because of it. */
  read(event: Logged): Said[] {
    const { id, source, type, time, data } = event
    if (source === learnerSource) {
      this.said.add(id)
      if (type === 'assay.ack.v1') this.learnedAt.set(String(data.control), Number(data.learned))
      return []
    }
    const learner = this.learners.get(String(data.model))
    const row = learner && type === 'ml.training.v1' ? rowOf(id, time, data) : null
    const made = row ? learner?.take(row) : null
    return made && learner ? [published(learner.spec.model, made)] : []
  }

  /** @returns the answer, or null: it was given before, or there is no such model. */
  answer(request: PredictionRequest): Said | null {
    const learner = this.learners.get(request.model)
    return !learner || this.said.has(answerId(request.id)) ? null : answer(learner, request)
  }

  /** Does what an operator approved. @returns the acknowledgement and, where it learned again, the version. */
  control(control: Control & { time: string }): Said[] {
    const { model } = control.data
    const learner = this.learners.get(model)
    if (!learner) return []
    const active = this.active.get(model) ?? new Map<string, Control>()
    this.active.set(model, active)
    const learned = this.learnedAt.get(control.id) ?? learner.rows.length
    const { made, ...outcome } = applyControl(learner, active, control, learned)
    const version = learner.served()?.version ?? null
    return [
      ...(made ? [published(model, made)] : []),
      acknowledged(model, control.time, { control: control.id, ...outcome, learned, version }),
    ]
  }

  /** Of these, the ones that the log does not hold yet; they count as said from now on. */
  unsaid(events: readonly Said[]): Said[] {
    const fresh = events.filter(({ id }) => !this.said.has(id))
    for (const { id } of fresh) this.said.add(id)
    return fresh
  }
}
