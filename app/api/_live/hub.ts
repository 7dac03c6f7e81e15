import { runtime } from '@/lib/access/runtime'
import { type HintHub, hintHub } from './hints'

const hubs = new WeakMap<object, HintHub>()

/** The one hub of this process. */
export function liveHub(): HintHub {
  const { connection } = runtime()
  const known = hubs.get(connection)
  if (known) return known
  const hub = hintHub(connection)
  hubs.set(connection, hub)
  return hub
}
