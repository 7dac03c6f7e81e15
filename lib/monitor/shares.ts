import type { Detector } from '@/lib/detect/detector'
import type { EventType } from '@/lib/event/types'

/**
 * What part of a line's restart mass each detector may spend on it: in proportion to its share, among the detectors that spend on this type of
 * event and have something to watch. The parts of a line add up to 1 where any detector spends on it, so the budget of the model is kept, however
 * many join. Who is idle is decided from the past alone, so mass stays predictable, as the promise needs.
 */
export function sharesByType(
  detectors: readonly Detector[],
  idle: readonly string[] = [],
): (id: string, type: EventType) => number {
  const at = detectors.filter((detector) => !idle.includes(detector.id))
  const totals = new Map<EventType, number>()
  for (const detector of at) {
    for (const type of detector.spendsOn) totals.set(type, (totals.get(type) ?? 0) + shareOn(detector, type))
  }
  const parts = new Map<string, Map<EventType, number>>()
  for (const detector of at) {
    parts.set(
      detector.id,
      new Map(detector.spendsOn.map((type) => [type, shareOn(detector, type) / (totals.get(type) ?? 1)])),
    )
  }
  return (id, type) => parts.get(id)?.get(type) ?? 0
}

const shareOn = ({ share }: Detector, type: EventType): number =>
  typeof share === 'number' ? share : (share[type] ?? 0)
