import type { Sink } from '@/lib/demo/sink'
import type { Step } from '@/lib/demo/steps'
import { inlineLearner } from '@/lib/demo/story'

/**
 * Without Kafka: the same learner in this process, and everything over `POST /api/v1/events`.
 *
 * @param told  steps of an earlier run: the learner goes through them again in silence, so that it knows what it knew
 */
export function httpSink(options: { url: string; token: string; told: readonly Step[]; startMs: number }): Sink {
  const learner = inlineLearner()
  for (const step of options.told) learner.take(step, options.startMs)
  return {
    via: 'http',
    async send(steps, startMs) {
      const events = steps.flatMap((step) => learner.take(step, startMs))
      if (events.length === 0) return
      const response = await fetch(`${options.url}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/x-ndjson' },
        body: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
        signal: AbortSignal.timeout(30_000),
      })
      if (response.status !== 202)
        throw new Error(`POST /api/v1/events: ${response.status} ${(await response.text()).slice(0, 300)}`)
    },
    close: async () => {},
  }
}
