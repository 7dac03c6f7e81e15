import type { TransactionSql } from 'postgres'
import { type Countable, encodeSketches } from '@/db/sketch-codec'
import { copyIn } from '@/ingest/batch/copy'
import { CopyWriter } from '@/ingest/copy/writer'
import type { AssayEvent, EventOf, Features, FeatureValue } from '@/lib/event/types'
import { BinCounts } from '@/lib/stats/bin-counts'
import { binOf, countCategory, labelKey, predictionKey } from '@/lib/stats/sketch'
import type { Judged } from './model/judgements'

type Stream = 'prediction' | 'training' | 'label'

interface Window {
  readonly at: number
  readonly stream: Stream
  readonly version: string | null
  readonly origin: string | null
  rows: number
  /** Rows whose features are sketched here. */
  sketched: number
  labelled: number
  errors: number
  /** Events that `count` has not seen: they are counted window by window, whose sketches then stay near the processor. */
  readonly waiting: Counted[]
  readonly sketches: Map<string, Counting>
  /** The same sketches of features, in the order of the features of the first event: nearly every event has the same. */
  readonly order: { readonly name: string; readonly sketch: Counting }[]
}

type Counted = EventOf<'ml.prediction.v1'> | EventOf<'ml.training.v1'>

/** A sketch that is being counted. */
interface Counting extends Countable {
  numbers: BinCounts
}

/** Of features that are no numbers. */
const noNumbers = new BinCounts()

/** Events that wait to be counted at most: more would outlive a collection of garbage or two. */
const maxWaiting = 1000
/** Versions or origins that one model may have windows of their own for in a batch; what comes beyond shares one that has no name. */
const maxParts = 200
const columns = [
  'model_key',
  'window_at',
  'stream',
  'version',
  'origin',
  'rows',
  'labelled',
  'errors',
  'sketches',
] as const
const writer = new CopyWriter(1 << 16)

/** The window sketches of one model in one batch: a delta that is appended, and merged with the others of its window when read. */
export class WindowDelta {
  private readonly windows = new Map<string, Window>()
  /** The same windows of the latest time of each stream, by version or origin: found without making a key. */
  private readonly latest: Record<Stream, { at: number; readonly parts: Map<string | null, Window> }> = {
    prediction: { at: Number.NaN, parts: new Map() },
    training: { at: Number.NaN, parts: new Map() },
    label: { at: Number.NaN, parts: new Map() },
  }
  private waiting = 0

  constructor(private readonly windowMs: number) {}

  /** @param judged what a label, or the prediction it waited for, says about a prediction's error; null when nothing. */
  add(event: AssayEvent, judged: Judged | null): void {
    if (event.type === 'ml.prediction.v1') {
      const window = this.open('prediction', event.timeMs, event.data.version, null)
      window.rows++
      this.sketch(window, event)
    } else if (event.type === 'ml.training.v1') {
      this.open('training', event.timeMs, null, event.data.origin.id).rows++
      // Rows are counted by origin, features sketched over all of them: a sketch of each origin would cost as much as the rows, and nobody asks for it.
      this.sketch(this.open('training', event.timeMs, null, null), event)
    } else if (event.type === 'ml.label.v1') {
      const window = this.open('label', event.timeMs, null, null)
      count(sketchOf(window.sketches, labelKey), event.data.label)
      window.rows++
    }
    if (judged) {
      const window = this.open('label', judged.predictedMs, null, null)
      window.labelled += judged.labelled
      window.errors += judged.errors
    }
  }

  async store(client: TransactionSql, modelKey: number): Promise<void> {
    if (this.windows.size === 0) return
    writer.begin()
    for (const window of this.windows.values()) {
      countWaiting(window)
      for (const [name, sketch] of window.sketches)
        if (!name.startsWith('@')) sketch.absent = window.sketched - sketch.n - sketch.nulls
      writer.row(columns.length)
      writer.integer(modelKey)
      writer.timestamp(window.at)
      writer.text(window.stream)
      writer.textOrNull(window.version)
      writer.textOrNull(window.origin)
      writer.bigint(window.rows)
      writer.bigint(window.labelled)
      writer.bigint(window.errors)
      writer.binary(encodeSketches(window.sketches))
    }
    await copyIn(client, 'window_sketch', columns, writer.end())
  }

  private sketch(window: Window, event: Counted): void {
    window.waiting.push(event)
    window.sketched++
    if (++this.waiting < maxWaiting) return
    this.waiting = 0
    for (const one of this.windows.values()) countWaiting(one)
  }

  private open(stream: Stream, timeMs: number, version: string | null, origin: string | null): Window {
    const at = Math.floor(timeMs / this.windowMs) * this.windowMs
    const latest = this.latest[stream]
    const name = version ?? origin
    if (latest.at === at) {
      const known = latest.parts.get(name)
      if (known) return known
    } else {
      latest.at = at
      latest.parts.clear()
    }
    let key = `${stream} ${at} ${name ?? ''}`
    let window = this.windows.get(key)
    if (!window) {
      const full = this.windows.size >= maxParts
      if (full) key = `${stream} ${at} `
      window = this.windows.get(key)
      if (!window) {
        const part = full ? { version: null, origin: null } : { version, origin }
        window = {
          at,
          stream,
          ...part,
          rows: 0,
          sketched: 0,
          labelled: 0,
          errors: 0,
          waiting: [],
          sketches: new Map(),
          order: [],
        }
        this.windows.set(key, window)
      }
    }
    latest.parts.set(name, window)
    return window
  }
}

function sketchOf(sketches: Map<string, Counting>, name: string): Counting {
  const known = sketches.get(name)
  if (known) return known
  const sketch = {
    n: 0,
    nulls: 0,
    absent: 0,
    numbers: noNumbers,
    categories: new Map(),
    other: 0,
    sum: 0,
    sumSquares: 0,
  }
  sketches.set(name, sketch)
  return sketch
}

function countWaiting(window: Window): void {
  for (const event of window.waiting) {
    countFeatures(window, event.data.features)
    if (event.type === 'ml.prediction.v1') count(sketchOf(window.sketches, predictionKey), event.data.prediction)
    else count(sketchOf(window.sketches, labelKey), event.data.label)
  }
  window.waiting.length = 0
}

function countFeatures(window: Window, features: Features): void {
  const { order } = window
  let i = 0
  for (const name in features) {
    const next = order[i]
    let sketch = next?.sketch
    if (sketch === undefined || next?.name !== name) {
      sketch = sketchOf(window.sketches, name)
      if (i === order.length) order.push({ name, sketch })
    }
    i++
    count(sketch, features[name] as FeatureValue)
  }
}

/** What `addValue` of lib/stats/sketch.ts does, with the numbers' bins counted the quick way. */
function count(sketch: Counting, value: FeatureValue): void {
  if (typeof value === 'number') {
    sketch.n++
    if (sketch.numbers === noNumbers) sketch.numbers = new BinCounts()
    sketch.numbers.add(binOf(value))
    sketch.sum += value
    sketch.sumSquares += value * value
  } else if (value === null) sketch.nulls++
  else {
    sketch.n++
    countCategory(sketch, String(value), 1)
  }
}
