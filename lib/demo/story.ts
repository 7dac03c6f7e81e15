import { answer, published, rowOf } from '@/lib/demo/learner/events'
import { Learner } from '@/lib/demo/learner/learner'
import { learnerSpecs } from '@/lib/demo/learner/spec'
import { rainFeed, type WeatherRow } from '@/lib/demo/rain-feed'
import { type SmsRow, spamFeed } from '@/lib/demo/spam-feed'
import { type CloudEvent, dayMs, type Feed, inOrder, type Step } from '@/lib/demo/steps'

export const storyDays = 33
export const storySeed = 7

/** Both feeds, and all their steps in the order of event time. */
export function storySteps(sets: { sms: readonly SmsRow[]; weather: readonly WeatherRow[] }, seed = storySeed) {
  const feeds: Feed[] = [
    spamFeed(sets.sms, seed, storyDays * dayMs),
    rainFeed(sets.weather, seed + 1_000_003, storyDays * dayMs),
  ]
  return { feeds, steps: inOrder(feeds.flatMap(({ steps }) => steps)) }
}

export const timeOf = (step: Step, startMs: number) => new Date(startMs + Math.round(step.atMs)).toISOString()

export function feedEvent(step: Step & { to: 'assay' }, startMs: number): CloudEvent {
  const { id, source, type, data } = step
  return { specversion: '1.0', id, source, type, time: timeOf(step, startMs), data }
}

/**
 * The story with the learner in the same process: what each step makes Assay see. The learner reads and answers in the order of the steps, so the same seed
 * gives the same events, byte for byte; over Kafka the learner is a process of its own and may be a few rows behind.
 */
export function inlineLearner() {
  const learners = new Map(learnerSpecs.map((spec) => [spec.model, new Learner(spec)]))
  return {
    learners,
    take(step: Step, startMs: number): CloudEvent[] {
      if (step.to === 'learner') {
        const learner = learners.get(step.request.model)
        return learner ? [answer(learner, { ...step.request, time: timeOf(step, startMs) })] : []
      }
      const event = feedEvent(step, startMs)
      const learner = learners.get(event.data.model)
      const row = step.type === 'ml.training.v1' ? rowOf(event.id, event.time, event.data) : null
      const made = row && learner ? learner.take(row) : null
      return made ? [event, published(event.data.model, made)] : [event]
    },
  }
}

/** The whole story as Assay sees it, for replay and tests. */
export function storyEvents(sets: Parameters<typeof storySteps>[0], seed = storySeed, startMs = Date.UTC(2026, 9, 1)) {
  const { feeds, steps } = storySteps(sets, seed)
  const inline = inlineLearner()
  return { feeds, learners: inline.learners, events: steps.flatMap((step) => inline.take(step, startMs)) }
}
