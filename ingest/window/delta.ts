import type { TransactionSql } from 'postgres'
import type { Book } from '@/db/book'
import { encodeSketches } from '@/db/sketch-codec'
import { copyIn } from '@/ingest/batch/copy'
import { encodedFeatures } from '@/ingest/copy/features'
import { CopyWriter } from '@/ingest/copy/writer'
import type { Judged } from '@/ingest/model/judgements'
import type { AssayEvent, Features, FeatureValue } from '@/lib/event/types'
import { labelKey, predictionKey } from '@/lib/stats/sketch'
import { type CountingSet, count, sketchOf } from './counting'
import { columnsFor, countWaiting } from './waiting'

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
  readonly sketches: CountingSet
}

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

  constructor(private readonly windowMs: number) {}

  /**
   * @param judged what a label, or the prediction it waited for, says about a prediction's error; null when nothing.
   * @param book the model's, if `encodedFeatures` has this event's features in its slots; null when it has not.
   */
  add(event: AssayEvent, judged: Judged | null, book: Book | null): void {
    if (event.type === 'ml.prediction.v1') {
      const window = this.open('prediction', event.timeMs, event.data.version, null)
      window.rows++
      sketchRow(window, event.data.features, book)
      count(sketchOf(window.sketches, predictionKey), event.data.prediction)
    } else if (event.type === 'ml.training.v1') {
      this.open('training', event.timeMs, null, event.data.origin.id).rows++
      // Rows are counted by origin, features sketched over all of them: a sketch of each origin would cost as much as the rows, and nobody asks for it.
      const window = this.open('training', event.timeMs, null, null)
      sketchRow(window, event.data.features, book)
      count(sketchOf(window.sketches, labelKey), event.data.label)
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
    countWaiting()
    writer.begin()
    for (const window of this.windows.values()) {
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
          sketches: new Map(),
        }
        this.windows.set(key, window)
      }
    }
    latest.parts.set(name, window)
    return window
  }
}

/** One row more in a window's sketches of features. */
function sketchRow(window: Window, features: Features | undefined, book: Book | null): void {
  window.sketched++
  if (!features || (book && columnsFor(window.sketches).add(window.sketches, book, encodedFeatures))) return
  for (const name in features) count(sketchOf(window.sketches, name), features[name] as FeatureValue)
}
