import type { Label } from '@/lib/event/types'
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

/**
 * Predictions with what is needed to judge them once their label comes, and their labels once they have come: days of them, in `mostBytes`, the oldest
 * give way. Joined by the prediction event's id; a label may come first, late, or twice, then the latest counts.
 *
 * A prediction is known by its number n from 0; it lies at place n mod capacity. Columns are typed arrays and grow by doubling.
 */
export interface OpenPredictions {
  capacity: number
  most: number
  /** Predictions, and labels joined to one for the first time, so far. */
  next: number
  judged: number
  ids: IdTable
  line: Float64Array
  timeMs: Float64Array
  /** Class codes; `noClass`: no label yet. */
  predicted: Uint16Array
  label: Uint16Array
  /** Values of a regression, NaN where there is none; empty for classes. */
  predictedValue: Float64Array
  labelValue: Float64Array
  /** The how manieth labelled row it was, from 0. */
  judgedAt: Uint32Array
  stratum: Uint8Array
  confidence: Uint8Array
  version: Uint8Array
  /** How late the label came: log2 of the predictions between. */
  delay: Uint8Array
  /** Bytes of features, `width` a row. */
  width: number
  features: Uint8Array
  /** Labels that came before their prediction. */
  early: Map<string, Label>
}

export const noClass = 65_535
const firstCapacity = 4096
const mostEarly = 10_000
const fewest = 20_000
/** Of a row without features: ids 16, line and time 16, codes 4, values 16, place among the labelled 4, bytes 4. */
const rowBytes = 60

export function startOpenPredictions(mostBytes: number): OpenPredictions {
  const capacity = firstCapacity
  return {
    capacity,
    most: Math.max(fewest, Math.floor(mostBytes / rowBytes)),
    next: 0,
    judged: 0,
    ids: startIdTable(capacity),
    line: new Float64Array(capacity),
    timeMs: new Float64Array(capacity),
    predicted: new Uint16Array(capacity),
    label: new Uint16Array(capacity).fill(noClass),
    predictedValue: new Float64Array(capacity),
    labelValue: new Float64Array(capacity),
    judgedAt: new Uint32Array(capacity),
    stratum: new Uint8Array(capacity),
    confidence: new Uint8Array(capacity),
    version: new Uint8Array(capacity),
    delay: new Uint8Array(capacity),
    width: 0,
    features: new Uint8Array(0),
    early: new Map(),
  }
}

/** Gives each row room for `width` bytes of features from now on. Only while nothing was given way to. */
export function widen(open: OpenPredictions, width: number, mostBytes: number): void {
  open.width = width
  open.features = new Uint8Array(open.capacity * width)
  open.most = Math.max(fewest, open.capacity, Math.floor(mostBytes / (rowBytes + width)))
}

/** A place for the next prediction; its columns are the caller's to fill. */
export function addPrediction(open: OpenPredictions, id: string): number {
  if (open.next === open.capacity && open.capacity < open.most) grow(open)
  const place = open.next % open.capacity
  if (open.next >= open.capacity) dropPlace(open.ids, place)
  hashId(id)
  const [low, high] = [hashed[0] as number, hashed[1] as number]
  const same = findPlace(open.ids, low, high)
  if (same >= 0) dropPlace(open.ids, same)
  putPlace(open.ids, place, low, high)
  open.label[place] = noClass
  open.next++
  return place
}

/** The label that came before its prediction, once. */
export function takeEarly(open: OpenPredictions, id: string): Label | undefined {
  if (open.early.size === 0) return undefined
  const label = open.early.get(id)
  if (label !== undefined) open.early.delete(id)
  return label
}

/** The place of the prediction that a label names; −1: it has not come yet, and the label waits; or it is long gone. */
export function placeForLabel(open: OpenPredictions, id: string, label: Label): number {
  hashId(id)
  const place = findPlace(open.ids, hashed[0] as number, hashed[1] as number)
  if (place >= 0) return place
  open.early.delete(id)
  open.early.set(id, label)
  if (open.early.size > mostEarly) open.early.delete(open.early.keys().next().value as string)
  return -1
}

/** The number of the prediction at a place. */
export function numberAt(open: OpenPredictions, place: number): number {
  const last = open.next - 1
  return last - ((((last - place) % open.capacity) + open.capacity) % open.capacity)
}
/** Label less prediction, of a regression. */
export const residualAt = (open: OpenPredictions, place: number): number =>
  (open.labelValue[place] as number) - (open.predictedValue[place] as number)
/** The first prediction that is still held. */
export const oldest = (open: OpenPredictions): number => Math.max(0, open.next - open.capacity)

function grow(open: OpenPredictions): void {
  const from = open.capacity
  const to = Math.min(open.most, 2 * from)
  open.ids = growIdTable(open.ids, to, from)
  open.line = longer(open.line, new Float64Array(to))
  open.timeMs = longer(open.timeMs, new Float64Array(to))
  open.predicted = longer(open.predicted, new Uint16Array(to))
  open.label = longer(open.label, new Uint16Array(to).fill(noClass))
  if (open.predictedValue.length > 0) {
    open.predictedValue = longer(open.predictedValue, new Float64Array(to))
    open.labelValue = longer(open.labelValue, new Float64Array(to))
  }
  open.judgedAt = longer(open.judgedAt, new Uint32Array(to))
  open.stratum = longer(open.stratum, new Uint8Array(to))
  open.confidence = longer(open.confidence, new Uint8Array(to))
  open.version = longer(open.version, new Uint8Array(to))
  open.delay = longer(open.delay, new Uint8Array(to))
  open.features = longer(open.features, new Uint8Array(to * open.width))
  open.capacity = to
}

function longer<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from)
  return to
}
