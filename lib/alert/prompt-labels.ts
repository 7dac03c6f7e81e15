import type { Arrival } from '@/lib/event/types'

/**
 * Do labels come at once? Judged on every eighth of a model's first 2,000 predictions: prompt when more than half of those had their label within
 * 200 lines of the model. Source: recipes/drift.md §3.
 */
export interface PromptLabels {
  predictions: number
  /** Labels of any delay. */
  labels: number
  asked: number
  prompt: number
  /** Line of the model by prediction id, of those that still wait. */
  waiting: Map<string, number>
}

const every = 8
const first = 2000
const within = 200

export const startPromptLabels = (): PromptLabels => ({
  predictions: 0,
  labels: 0,
  asked: 0,
  prompt: 0,
  waiting: new Map(),
})

/** @param seq events of the model before this one. Changes the state in place. */
export function notePromptLabels(state: PromptLabels, { event }: Arrival, seq: number): void {
  if (event.type === 'ml.prediction.v1') {
    if (state.predictions >= first) return
    if (state.predictions++ % every !== 0) return
    state.waiting.set(event.id, seq)
    state.asked++
  } else if (event.type === 'ml.label.v1') {
    state.labels++
    if (state.waiting.size === 0) return
    const asked = state.waiting.get(event.data.prediction)
    if (asked === undefined) return
    state.waiting.delete(event.data.prediction)
    if (seq - asked <= within) state.prompt++
  }
}

export const labelsArePrompt = (state: PromptLabels): boolean => state.prompt > state.asked / 2

/** Enough labels, at once or late, for errors to be told by them. */
export const labelsCome = (state: PromptLabels): boolean => state.labels >= 500
