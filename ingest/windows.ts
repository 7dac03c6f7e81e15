import type { TransactionSql } from 'postgres'
import { encodeSketches } from '@/db/sketch-codec'
import { copyIn } from '@/ingest/batch/copy'
import { CopyWriter } from '@/ingest/copy/writer'
import type { AssayEvent, Label } from '@/lib/event/types'
import {
  addCategory,
  addNumber,
  addValue,
  emptySketch,
  type FeatureSketch,
  labelKey,
  predictionKey,
  type SketchSet,
} from '@/lib/stats/sketch'
import type { Judged } from './model/judgements'

type Stream = 'prediction' | 'training' | 'label'

interface Window {
  readonly at: number
  readonly stream: Stream
  readonly version: string | null
  readonly origin: string | null
  rows: number
  labelled: number
  errors: number
  readonly sketches: SketchSet
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
  private last: Window | null = null

  constructor(private readonly windowMs: number) {}

  /** @param judged what a label, or the prediction it waited for, says about a prediction's error; null when nothing. */
  add(event: AssayEvent, judged: Judged | null): void {
    if (event.type === 'ml.prediction.v1') {
      const window = this.open('prediction', event.timeMs, event.data.version, null)
      countFeatures(window.sketches, event.data.features)
      countLabel(sketchOf(window.sketches, predictionKey), event.data.prediction)
      window.rows++
    } else if (event.type === 'ml.training.v1') {
      const window = this.open('training', event.timeMs, null, event.data.origin.id)
      countFeatures(window.sketches, event.data.features)
      countLabel(sketchOf(window.sketches, labelKey), event.data.label)
      window.rows++
    } else if (event.type === 'ml.label.v1') {
      const window = this.open('label', event.timeMs, null, null)
      countLabel(sketchOf(window.sketches, labelKey), event.data.label)
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
      for (const [name, sketch] of window.sketches)
        if (!name.startsWith('@')) sketch.absent = window.rows - sketch.n - sketch.nulls
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
    const { last } = this
    if (last && last.at === at && last.stream === stream && last.version === version && last.origin === origin)
      return last
    let key = `${stream} ${at} ${version ?? origin ?? ''}`
    let window = this.windows.get(key)
    if (!window) {
      const full = this.windows.size >= maxParts
      if (full) key = `${stream} ${at} `
      window = this.windows.get(key)
      if (!window) {
        const part = full ? { version: null, origin: null } : { version, origin }
        window = { at, stream, ...part, rows: 0, labelled: 0, errors: 0, sketches: new Map() }
        this.windows.set(key, window)
      }
    }
    this.last = window
    return window
  }
}

function sketchOf(set: SketchSet, name: string): FeatureSketch {
  const known = set.get(name)
  if (known) return known
  const sketch = emptySketch()
  set.set(name, sketch)
  return sketch
}

function countFeatures(set: SketchSet, features: Readonly<Record<string, string | number | boolean | null>>): void {
  for (const name in features) addValue(sketchOf(set, name), features[name])
}

function countLabel(sketch: FeatureSketch, label: Label): void {
  if (typeof label === 'number') addNumber(sketch, label)
  else addCategory(sketch, label)
}
