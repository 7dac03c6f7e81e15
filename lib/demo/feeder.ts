import type { Progress } from '@/lib/demo/progress'
import type { Sink } from '@/lib/demo/sink'
import { dayMs, type Step } from '@/lib/demo/steps'
import { storyDays } from '@/lib/demo/story'

const tickMs = 200
const largestBatch = 2000

/**
 * Tells the story from where it stopped, at an even pace in event time: all of it in `seconds`.
 *
 * @param saved   keeps the progress; called after every batch that is durable
 * @param report  steps sent and event time of the last one, after every batch
 * @param signal  ends it early, after the batch that is under way
 */
export async function feed(options: {
  steps: readonly Step[]
  from: Progress
  seconds: number
  sink: Sink
  saved(progress: Progress): void
  report?(sent: number, atMs: number): void
  signal?: AbortSignal
  now?(): number
}): Promise<Progress> {
  const { steps, seconds, sink, saved, report, signal, now = () => performance.now() } = options
  let progress = options.from
  const msPerMs = (storyDays * dayMs) / (seconds * 1000)
  const firstAtMs = steps[progress.sent]?.atMs ?? 0
  const beganMs = now()
  while (progress.sent < steps.length && !signal?.aborted) {
    const untilAtMs = firstAtMs + (now() - beganMs) * msPerMs
    let end = progress.sent
    while (end < steps.length && end - progress.sent < largestBatch && (steps[end]?.atMs ?? 0) <= untilAtMs) end++
    if (end > progress.sent) {
      await sink.send(steps.slice(progress.sent, end), progress.startMs)
      progress = { ...progress, sent: end }
      saved(progress)
      report?.(end, steps[end - 1]?.atMs ?? 0)
    }
    if ((steps[end]?.atMs ?? Number.POSITIVE_INFINITY) > untilAtMs) await pause(tickMs, signal)
  }
  return progress
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
