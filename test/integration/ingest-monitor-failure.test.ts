import { afterEach, expect, it } from 'vitest'
import type { Monitors } from '@/ingest/model/monitors'
import { createMonitor, restoreMonitor } from '@/lib/monitor/monitor'
import { type Harness, harness, training } from './ingest-harness'

let h: Harness
afterEach(() => h.end())

/** Real monitors, but for one event. */
const failing = (make: Monitors['create']): Monitors['create'] =>
  ((options) => {
    const monitor = make(options)
    return {
      ...monitor,
      snapshot: () => monitor.snapshot(),
      accept: (arrival) => {
        if (arrival.event.id === 'e-3500') throw new Error('out of its depth')
        return monitor.accept(arrival)
      },
    }
  }) as Monitors['create']

it('refuses the event on which a detector throws, in the midst of a COPY, and takes all the others once', async () => {
  h = await harness()
  await h.send(Array.from({ length: 4000 }, (_, i) => ({ value: training(`e-${i}`, { text: 'x'.repeat(100) }) })))
  const monitors = { create: failing(createMonitor), restore: restoreMonitor }
  await h.worker({ monitors })
  await h.settled(4000)
  const refused = await h.sql`select "offset"::int as "offset", reason from dead_letter`
  expect([...refused]).toEqual([{ offset: 3500, reason: expect.stringMatching(/^internal: .*out of its depth/) }])
  const [row] =
    await h.sql`select count(*)::int as n, count(distinct event_id)::int as ids, max(seq)::int as last from event`
  expect(row).toEqual({ n: 3999, ids: 3999, last: 3998 })
})
