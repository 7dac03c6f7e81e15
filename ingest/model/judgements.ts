import type { AssayEvent, Label } from '@/lib/event/types'

/** What one event adds to the error count of the window in which a prediction was made. */
export interface Judged {
  readonly predictedMs: number
  /** 1 at a prediction's first label, 0 when a later label replaces it. */
  readonly labelled: number
  /** 1, 0, or -1 when a later label makes the prediction right. */
  readonly errors: number
}

interface Prediction {
  readonly predictedMs: number
  readonly prediction: Label
  label: Label | undefined
}

/** Predictions, and labels that came before theirs, which are remembered; what is older is counted as never labelled. */
const maxRemembered = 100_000

/**
 * Brings labels and predictions together, whichever comes first: a label may be late, come twice (the latest counts) or never. For the error
 * share that screens show; detectors keep their own account.
 */
export class Judgements {
  private readonly predictions = new Map<string, Prediction>()
  private readonly early = new Map<string, Label>()

  judge(event: AssayEvent): Judged | null {
    if (event.type === 'ml.prediction.v1') {
      const made: Prediction = { predictedMs: event.timeMs, prediction: event.data.prediction, label: undefined }
      remember(this.predictions, event.id, made)
      if (this.early.size === 0) return null
      const label = this.early.get(event.id)
      if (label === undefined) return null
      this.early.delete(event.id)
      return apply(made, label)
    }
    if (event.type !== 'ml.label.v1') return null
    const made = this.predictions.get(event.data.prediction)
    if (made) return apply(made, event.data.label)
    remember(this.early, event.data.prediction, event.data.label)
    return null
  }
}

function apply(made: Prediction, label: Label): Judged {
  const wrongBefore = made.label !== undefined && differ(made.prediction, made.label) ? 1 : 0
  const labelled = made.label === undefined ? 1 : 0
  made.label = label
  return { predictedMs: made.predictedMs, labelled, errors: (differ(made.prediction, label) ? 1 : 0) - wrongBefore }
}

/** Classes may be written as a number here and as text there. */
function differ(a: Label, b: Label): boolean {
  return String(a) !== String(b)
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value)
  if (map.size > maxRemembered) map.delete(map.keys().next().value as string)
}
