import type { AssayEvent } from '@/lib/event/types'

/** Which events were seen, by (source, id), in memory: for files. The worker asks Postgres. The first of two is taken. */
export class Identities {
  private readonly seen = new Map<string, Set<string>>()

  /** @returns why this event is refused, or null, after which it counts as seen. */
  refuse(event: AssayEvent): string | null {
    let ids = this.seen.get(event.source)
    if (!ids) {
      ids = new Set()
      this.seen.set(event.source, ids)
    }
    if (ids.has(event.id)) return duplicateReason(event)
    ids.add(event.id)
    return null
  }
}

/** The same words live and in a replay. */
export function duplicateReason(event: AssayEvent): string {
  return `duplicate: an event with source ${JSON.stringify(event.source)} and id ${JSON.stringify(event.id)} came before`
}
