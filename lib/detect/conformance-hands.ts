import type { Arrival, EventOf } from '@/lib/event/types'
import { playSybils } from '@/lib/redteam/sybils'
import { hashUniform } from '@/lib/stats/hash-uniform'

type Training = EventOf<'ml.training.v1'>

/** Training rows alone, new guests all the time; at two fifths twelve accounts of one hand are made, which turn nearly all their labels to yes. */
export const handed = (rows: number): Arrival[] => {
  const feed = Array.from({ length: rows }, (_, t): Training => {
    const u = (lane: string) => hashUniform(`handed ${lane}`, t)
    const [a, b] = [u('a'), u('b')]
    const guest = t > 600 && u('guest') < 0.3
    const id = guest ? `guest-${Math.floor(t / 60)}-${Math.floor(6 * u('who'))}` : `o${Math.floor(60 * u('origin'))}`
    const features = { a, b, c: u('c') < 0.5 ? 'p' : 'q' }
    const label = a > b !== u('noise') < 0.02 ? 'yes' : 'no'
    const data = { model: 'm', origin: { id, kind: 'user' }, features, label }
    return { type: 'ml.training.v1', id: `t${t}`, source: '/conformance', timeMs: 1000 * t, data }
  })
  const origins = Array.from({ length: 12 }, (_, i) => `acct-${i}`)
  const act = playSybils({ origins, onset: 0.4, strength: 0.9, bursts: 8, burstRows: 80, to: 'yes' })
  return act(feed, 'handed').feed.map((event, index) => ({ event: event as Training, index }))
}
