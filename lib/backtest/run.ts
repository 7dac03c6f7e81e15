import { setImmediate as breathe } from 'node:timers/promises'
import { type Book, loadBook } from '@/db/book'
import type { BacktestRow } from '@/db/queries/backtests'
import { eventsBySeq, type StoredEvent } from '@/db/queries/events'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { createMonitor } from '@/lib/monitor/monitor'
import { toAlarm } from './alarm'
import { type BacktestResult, maxAlarms } from './result'

/** Stored events that are read at a time, and those that are watched between two breaths: a web process goes on answering. */
const chunk = 2000
const breath = 250
/** Milliseconds between two reports of progress. */
const reportMs = 400

export interface Progress {
  readonly done: number
  readonly total: number
}

type Findings = BacktestResult['findings'][number][]

/**
 * Does a run that `startBacktest` entered: the stored events in their order through the monitor that live and replay use, and nothing is stored but
 * what it came to. Memory holds a chunk of events, one monitor and at most `maxAlarms` alarms. A run that is cancelled ends at the next chunk.
 * @returns what it came to; null: it was cancelled. What goes wrong is written to the run, and thrown.
 */
export async function runBacktest(
  ctx: Context,
  run: BacktestRow,
  onProgress: (progress: Progress) => void = () => {},
): Promise<BacktestResult | null> {
  try {
    const result = await watch(ctx, run, onProgress)
    if (!result) return null
    const done = { state: 'done' as const, done: result.events, result, endedAt: new Date() }
    return (await ctx.tx((tx) => tx.backtests.updateIfRunning(run.id, done))) ? result : null
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await ctx.tx((tx) => tx.backtests.updateIfRunning(run.id, { state: 'failed', error: message, endedAt: new Date() }))
    throw error
  }
}

async function watch(
  ctx: Context,
  run: BacktestRow,
  onProgress: (progress: Progress) => void,
): Promise<BacktestResult | null> {
  const startedMs = performance.now()
  const model = await ctx.read(async (tx) => tx.models.byKey(run.modelKey))
  if (!model) throw new NotFound('the model of this run is gone')
  const book = await ctx.read((tx) => loadBook(tx.db, model.key))
  const monitor = createMonitor({ model: model.id, config: run.config })
  const findings: Findings = []
  const incidents = new Set<string>()
  let counts = { alarms: 0, verdictChanges: 0, failed: 0 }
  let first: StoredEvent | null = null
  let last: StoredEvent | null = null
  let reportedMs = startedMs
  const total = run.toSeq - run.fromSeq
  onProgress({ done: 0, total })
  for (let seq = run.fromSeq; seq < run.toSeq; seq += chunk) {
    const events = await read(ctx, model, book, seq, Math.min(seq + chunk, run.toSeq))
    for (const [i, stored] of events.entries()) {
      first ??= stored
      last = stored
      if (i % breath === breath - 1) await breathe()
      let outputs: ReturnType<typeof monitor.accept> = []
      try {
        outputs = monitor.accept({ event: stored.event, index: stored.offset })
      } catch {
        // As live and in a replay: the event is left out, and the stream goes on.
        counts.failed++
      }
      for (const output of outputs) {
        if (output.type === 'verdict') {
          counts.verdictChanges++
          reverdict(findings, output.finding, output.verdict, output.why)
        }
        if (output.type !== 'finding') continue
        counts = { ...counts, alarms: counts.alarms + 1 }
        incidents.add(output.incident)
        if (findings.length < maxAlarms)
          findings.push(await ctx.read((tx) => alarmOf(tx, model.key, output, stored.seq, run.fromSeq)))
      }
    }
    const done = Math.min(seq + chunk, run.toSeq) - run.fromSeq
    onProgress({ done, total })
    if (performance.now() - reportedMs < reportMs) continue
    reportedMs = performance.now()
    // Cancelled meanwhile: nobody waits for the rest.
    if (!(await ctx.tx((tx) => tx.backtests.updateIfRunning(run.id, { done, heardAt: new Date() })))) return null
  }
  return {
    events: total,
    failed: counts.failed,
    fromAt: timeOf(first),
    toAt: timeOf(last),
    alarms: counts.alarms,
    incidents: incidents.size,
    verdictChanges: counts.verdictChanges,
    findings,
    elapsedMs: Math.round(performance.now() - startedMs),
  }
}

async function read(
  ctx: Context,
  model: { key: number; id: string },
  book: Book,
  from: number,
  to: number,
): Promise<StoredEvent[]> {
  const events = await ctx.read((tx) => eventsBySeq(tx.db, model, book, from, to))
  if (events.length !== to - from)
    throw new Error(`expected the stored events ${from} to ${to - 1} of ${model.id}, found ${events.length} of them`)
  return events
}

async function alarmOf(tx: Tx, modelKey: number, finding: Parameters<typeof toAlarm>[0], seq: number, from: number) {
  const onsetSeq = await tx.places.seqAtOffset(modelKey, finding.onsetIndex, seq, from)
  return toAlarm(finding, seq - (onsetSeq ?? seq))
}

function reverdict(findings: Findings, id: string, verdict: Findings[number]['verdict'], why: string): void {
  const at = findings.findIndex((finding) => finding.id === id)
  const finding = findings[at]
  if (finding) findings[at] = { ...finding, verdict, why }
}

const timeOf = (stored: StoredEvent | null) => (stored ? new Date(stored.event.timeMs).toISOString() : null)
