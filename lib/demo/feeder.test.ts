import { describe, expect, it } from 'vitest'
import { feed } from '@/lib/demo/feeder'
import type { Progress } from '@/lib/demo/progress'
import type { Sink } from '@/lib/demo/sink'
import { dayMs, type Step } from '@/lib/demo/steps'
import { storyDays } from '@/lib/demo/story'

const steps: Step[] = Array.from({ length: 90 }, (_, n) => ({
  atMs: (n * dayMs) / 2,
  to: 'assay',
  type: 'ml.training.v1',
  id: `t-${n}`,
  source: '/feed',
  data: { model: 'm' },
}))
const recorder = () => {
  const sent: string[] = []
  const sink: Sink = {
    via: 'kafka',
    send: async (batch) => {
      sent.push(...batch.map((step) => (step.to === 'assay' ? step.id : '')))
    },
    close: async () => {},
  }
  return { sent, sink }
}
const ids = steps.map((_, n) => `t-${n}`)

describe('the feeder', () => {
  it('sends every step once and in order, and goes on where it was ended', async () => {
    const { sent, sink } = recorder()
    let kept: Progress = { seed: 1, startMs: 0, sent: 0 }
    const end = new AbortController()
    const first = await feed({
      steps,
      from: kept,
      seconds: 0.6,
      sink,
      signal: end.signal,
      saved: (progress) => {
        kept = progress
        if (progress.sent > 20) end.abort()
      },
    })
    expect(first.sent).toBeGreaterThan(20)
    expect(first.sent).toBeLessThan(steps.length)
    expect(kept).toEqual(first)
    const second = await feed({ steps, from: kept, seconds: 0.3, sink, saved: () => {} })
    expect(second.sent).toBe(steps.length)
    expect(sent).toEqual(ids)
  })

  it('keeps an even pace in event time', async () => {
    const { sent, sink } = recorder()
    const seconds = 1.2
    const counts: number[] = []
    const beganMs = performance.now()
    const late: number[] = []
    await feed({
      steps,
      from: { seed: 1, startMs: 0, sent: 0 },
      seconds,
      sink,
      saved: () => {},
      report(count, atMs) {
        counts.push(count)
        // Never ahead of the clock.
        late.push((performance.now() - beganMs) / (seconds * 1000) - atMs / (storyDays * dayMs))
      },
    })
    expect(sent).toEqual(ids)
    expect(counts.length).toBeGreaterThan(3)
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0)
  })
})
