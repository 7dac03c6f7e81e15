import { setTimeout as sleep } from 'node:timers/promises'

/** Tries `attempt` every `everyMs` until it gives something other than undefined. @returns undefined when `withinMs` have passed. */
export async function until<T>(
  attempt: () => Promise<T | undefined>,
  { withinMs, everyMs }: { withinMs: number; everyMs: number },
): Promise<T | undefined> {
  const end = performance.now() + withinMs
  for (;;) {
    const got = await attempt()
    if (got !== undefined || performance.now() >= end) return got
    await sleep(everyMs)
  }
}
