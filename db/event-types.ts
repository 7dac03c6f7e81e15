import type { EventType } from '@/lib/event/types'

/** `event.type` is the place of a type in this list, from 1. Appended to, never reordered. */
export const eventTypes: readonly EventType[] = [
  'ml.prediction.v1',
  'ml.label.v1',
  'ml.training.v1',
  'ml.version.v1',
  'ml.update.v1',
  'ml.document.v1',
  'ml.fact.v1',
]
