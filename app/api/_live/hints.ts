import { log } from '@/app/api/_http/log'
import type { Connection } from '@/db/client'
import { hintChannel } from '@/db/queries/notify'

/** What may have changed; never the change itself. `model` null: of no model, or of all. */
export interface Hint {
  readonly model: string | null
  readonly what: readonly string[]
}

/**
 * Hears the hints of the database on one connection, however many listen, and hands each on. Nothing is heard before the first subscriber. After the
 * connection was lost and made again, everything may have changed, and says so.
 */
export function hintHub(connection: Connection) {
  const subscribers = new Set<(hint: Hint) => void>()
  let listening: Promise<unknown> | null = null
  let connections = 0
  const tell = (hint: Hint) => {
    for (const subscriber of subscribers) subscriber(hint)
  }
  const start = () =>
    connection.sql
      .listen(
        hintChannel,
        (text) => {
          const hint = parseHint(text)
          if (hint) tell(hint)
        },
        () => {
          if (connections++ > 0) tell({ model: null, what: ['everything'] })
        },
      )
      .catch((error: unknown) => {
        listening = null
        log.error({ err: error }, 'cannot listen for hints')
        throw error
      })
  return {
    get size() {
      return subscribers.size
    },
    /** @returns how to stop; resolves once hints are heard. */
    async subscribe(subscriber: (hint: Hint) => void): Promise<() => void> {
      listening ??= start()
      await listening
      subscribers.add(subscriber)
      return () => {
        subscribers.delete(subscriber)
      }
    },
  }
}
export type HintHub = ReturnType<typeof hintHub>

export function parseHint(text: string): Hint | null {
  try {
    const { model, what } = JSON.parse(text) as { model?: unknown; what?: unknown }
    return {
      model: typeof model === 'string' ? model : null,
      what: Array.isArray(what) ? what.filter((word): word is string => typeof word === 'string') : [],
    }
  } catch {
    return null
  }
}
