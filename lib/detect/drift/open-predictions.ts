import { dropPlace, findPlace, hashId, type IdTable, putPlace, startIdTable } from '@/lib/detect/drift/id-table'
import type { Label } from '@/lib/event/types'

/**
 * Predictions that wait for their label, and labels that came first, joined by the prediction event's id. Bounded: the oldest give way.
 * A label after the join is no second observation: evidence counts an error once. Before the join the latest label counts.
 */
export interface OpenPredictions {
  /** Prediction id → its place in the rings. */
  places: IdTable
  ids: string[]
  predicted: Label[]
  line: Float64Array
  timeMs: Float64Array
  next: number
  most: number
  early: Map<string, Label>
}

export interface Joined {
  predicted: Label
  label: Label
  /** Line and event time of the prediction. */
  line: number
  timeMs: number
}

const mostEarly = 10_000

export const startOpenPredictions = (most: number): OpenPredictions => ({
  places: startIdTable(most),
  ids: [],
  predicted: [],
  line: new Float64Array(most),
  timeMs: new Float64Array(most),
  next: 0,
  most,
  early: new Map(),
})

export function addPrediction(
  open: OpenPredictions,
  id: string,
  predicted: Label,
  line: number,
  timeMs: number,
): Joined | null {
  const label = open.early.size > 0 ? open.early.get(id) : undefined
  if (label !== undefined) {
    open.early.delete(id)
    return { predicted, label, line, timeMs }
  }
  const place = open.next % open.most
  if (open.next >= open.line.length) dropPlace(open.places, place)
  const hash = hashId(id)
  const same = findPlace(open.places, open.ids, id, hash)
  if (same >= 0) dropPlace(open.places, same)
  putPlace(open.places, place, hash)
  open.ids[place] = id
  open.predicted[place] = predicted
  open.line[place] = line
  open.timeMs[place] = timeMs
  open.next++
  return null
}

export function addLabel(open: OpenPredictions, id: string, label: Label): Joined | null {
  const place = findPlace(open.places, open.ids, id, hashId(id))
  if (place < 0) {
    open.early.delete(id)
    open.early.set(id, label)
    if (open.early.size > mostEarly) open.early.delete(open.early.keys().next().value as string)
    return null
  }
  dropPlace(open.places, place)
  return {
    predicted: open.predicted[place] as Label,
    label,
    line: open.line[place] as number,
    timeMs: open.timeMs[place] as number,
  }
}
