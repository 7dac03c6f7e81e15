import { decodeMessage } from '@/ingest/decode'
import { type Golden, goldenFor } from '@/ingest/golden'
import { Identities } from '@/ingest/identities'
import { splitLines } from '@/ingest/lines'
import { monitorFailedReason } from '@/ingest/monitor-failed'
import { type Decoded, tooLargeReason } from '@/lib/event/decode'
import type { ReplayConfig } from '@/lib/monitor/config'
import { createMonitor, type Monitor } from '@/lib/monitor/monitor'
import type { Output } from '@/lib/monitor/output'

export interface ReplayOptions {
  readonly config: ReplayConfig
  readonly golden: Golden
  readonly scores: boolean
}

export interface ReplaySummary {
  readonly type: 'summary'
  readonly events: number
  readonly rejected: number
  readonly findings: number
  readonly incidents: number
}

export interface Rejected {
  readonly type: 'rejected'
  readonly eventIndex: number
  readonly reason: string
}

/** What a replay prints: Contract 3's lines. */
export type ReplayLine = Extract<Output, { type: 'finding' | 'verdict' | 'score' }> | Rejected

/**
 * Runs events from a file through the same monitors as the worker does, in order, with no database and no broker. Two runs give the same lines,
 * and the same findings as the live pipeline raises for these events.
 *
 * @param chunks the file's bytes. @param write takes each output line at the event that raised it. @returns the counts of the summary.
 */
export async function replay(
  chunks: AsyncIterable<Buffer>,
  options: ReplayOptions,
  write: (line: ReplayLine) => Promise<void> | void,
): Promise<ReplaySummary> {
  const monitors = new Map<string, Monitor>()
  const identities = new Identities()
  const incidents = new Set<string>()
  const counts = { events: 0, rejected: 0, findings: 0 }
  let index = -1
  for await (const line of splitLines(chunks)) {
    index++
    const decoded: Decoded =
      'bytes' in line ? decodeMessage({ value: line.bytes }) : { ok: false, reason: tooLargeReason(line.tooLarge) }
    const refused = decoded.ok ? identities.refuse(decoded.event) : decoded.reason
    if (!decoded.ok || refused !== null) {
      counts.rejected++
      await write({ type: 'rejected', eventIndex: index, reason: refused ?? '' })
      continue
    }
    counts.events++
    const { event } = decoded
    const model = event.data.model
    let monitor = monitors.get(model)
    if (!monitor) {
      const config = options.config.models[model]
      const golden = goldenFor(options.golden, model)
      monitor = createMonitor({ model, golden, scores: options.scores, ...(config ? { config } : {}) })
      monitors.set(model, monitor)
    }
    let outputs: readonly Output[] = []
    try {
      outputs = monitor.accept({ event, index })
    } catch (error) {
      // As live: an event on which a detector fails is refused with that, and the stream goes on.
      counts.events--
      counts.rejected++
      await write({ type: 'rejected', eventIndex: index, reason: monitorFailedReason(error) })
    }
    for (const output of outputs) {
      if (output.type !== 'finding' && output.type !== 'verdict' && output.type !== 'score') continue
      if (output.type === 'finding') {
        counts.findings++
        incidents.add(output.incident)
      }
      await write(output)
    }
  }
  return { type: 'summary', ...counts, incidents: incidents.size }
}
