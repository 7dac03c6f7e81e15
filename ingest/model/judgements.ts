import type { AssayEvent, Label } from '@/lib/event/types'
import {
  dropPlace,
  findPlace,
  growIdTable,
  hashed,
  hashId,
  type IdTable,
  putPlace,
  startIdTable,
} from '@/lib/stats/id-table'

/** What one event adds to the error count of the window in which a prediction was made. */
export interface Judged {
  readonly predictedMs: number
  /** 1 at a prediction's first label, 0 when a later label replaces it. */
  readonly labelled: number
  /** 1, 0, or -1 when a later label makes the prediction right. */
  readonly errors: number
}

/** Predictions that are remembered; what is older is counted as never labelled. */
const mostPredictions = 100_000
/** Labels that came before their predictions. They come in two halves, so that the oldest go without a search for them. */
const mostEarlyInHalf = 50_000
const firstPlaces = 1024

/**
 * Brings labels and predictions together, whichever comes first: a label may be late, come twice (the latest counts) or never. For the error
 * share that screens show; detectors keep their own account.
 */
export class Judgements {
  private places = firstPlaces
  private made = 0
  private ids: IdTable = startIdTable(firstPlaces)
  /** By place. */
  private readonly predictedMs: number[] = []
  private readonly predictions: Label[] = []
  private readonly labels: (Label | undefined)[] = []
  private early = new Map<string, Label>()
  private earlier = new Map<string, Label>()

  judge(event: AssayEvent): Judged | null {
    if (event.type === 'ml.prediction.v1') {
      const place = this.remember(event.id, event.timeMs, event.data.prediction)
      if (this.early.size === 0 && this.earlier.size === 0) return null
      const label = this.early.get(event.id) ?? this.earlier.get(event.id)
      if (label === undefined) return null
      this.early.delete(event.id)
      this.earlier.delete(event.id)
      return this.apply(place, label)
    }
    if (event.type !== 'ml.label.v1') return null
    const { prediction, label } = event.data
    hashId(prediction)
    const place = findPlace(this.ids, hashed[0] as number, hashed[1] as number)
    if (place >= 0) return this.apply(place, label)
    if (this.early.size >= mostEarlyInHalf) {
      this.earlier = this.early
      this.early = new Map()
    }
    this.early.set(prediction, label)
    return null
  }

  private remember(id: string, timeMs: number, prediction: Label): number {
    if (this.made === this.places && this.places < mostPredictions) {
      const more = Math.min(2 * this.places, mostPredictions)
      this.ids = growIdTable(this.ids, more, this.places)
      this.places = more
    }
    const place = this.made % this.places
    if (this.made >= this.places) dropPlace(this.ids, place)
    hashId(id)
    putPlace(this.ids, place, hashed[0] as number, hashed[1] as number)
    this.predictedMs[place] = timeMs
    this.predictions[place] = prediction
    this.labels[place] = undefined
    this.made++
    return place
  }

  private apply(place: number, label: Label): Judged {
    const prediction = this.predictions[place] as Label
    const before = this.labels[place]
    const wrongBefore = before !== undefined && differ(prediction, before) ? 1 : 0
    this.labels[place] = label
    return {
      predictedMs: this.predictedMs[place] as number,
      labelled: before === undefined ? 1 : 0,
      errors: (differ(prediction, label) ? 1 : 0) - wrongBefore,
    }
  }
}

/** Classes may be written as a number here and as text there. */
function differ(a: Label, b: Label): boolean {
  return String(a) !== String(b)
}
