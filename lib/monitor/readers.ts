import type { Detector } from '@/lib/detect/detector'
import { detectors } from '@/lib/detect/registry'
import type { EventType } from '@/lib/event/types'
import { sharesByType } from '@/lib/monitor/shares'

/** Who reads an event of a type, in the order of the registry, and its part of the line's mass. */
export interface Reader {
  /** The detector's own, at hand: detectors differ in shape, readers do not. */
  readonly update: Detector['update']
  readonly place: number
  readonly part: number
}
export function readersOf(idle: readonly string[]): Map<EventType, Reader[]> {
  const share = sharesByType(detectors, idle)
  const readers = new Map<EventType, Reader[]>()
  for (const [place, detector] of detectors.entries()) {
    for (const type of detector.reads) {
      const reader = { update: detector.update, place, part: share(detector.id, type) }
      readers.set(type, [...(readers.get(type) ?? []), reader])
    }
  }
  return readers
}
