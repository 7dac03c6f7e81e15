import { describe, expect, it } from 'vitest'
import type { TrainingEvent } from '@/lib/redteam/stage'
import { drive, feedOf, tenOrigins } from '../injection/test-feed'
import { sequenceGaps } from './sequence'
import { startSequenceState, touchFeed } from './sequence-state'

/** Ten origins that number their rows. */
const numbered = (rows: number, seed = 'a'): TrainingEvent[] => {
  const next = new Map<string, number>()
  return feedOf(rows, (_, u) => ({ origin: tenOrigins(u(1)), features: {}, label: 'a' }), seed).map((event) => {
    const { id } = event.data.origin
    const sequence = (next.get(id) ?? 0) + 1
    next.set(id, sequence)
    return { ...event, data: { ...event.data, feed: 'main', sequence } }
  })
}
const summary = (feed: TrainingEvent[]) =>
  drive(sequenceGaps, feed).alarms.map((a) => [a.eventIndex, a.onsetIndex, a.subject, a.verdict])
const chance = (t: number) => ((t * 7919) % 1009) / 1009

describe('gaps in the numbers of a feed', () => {
  it('names the feed from which a fourth is taken, at an exact line', () => {
    const feed = numbered(5000).filter(({ data }, t) => t < 3000 || data.origin.id !== 'o-3' || chance(t) > 0.25)
    expect(summary(feed)).toEqual([[3226, 3036, { origin: 'o-3', feed: 'main' }, 'poisoning']])
  })

  it('calls lost batches a fault', () => {
    const feed = numbered(9000).filter(({ data }, t) => data.origin.id !== 'o-3' || t < 4000 || t % 1000 > 500)
    expect(drive(sequenceGaps, feed).alarms.every((a) => a.verdict === 'pipeline-bug')).toBe(true)
  })

  it.each(['a', 'b', 'c'])('accuses nobody of rows late, repeated, lost for all time or lost once (%s)', (seed) => {
    const whole = numbered(6000, seed)
    const late = [...whole]
    for (let t = 3; t < late.length - 40; t += 7) late.splice(t + 30, 0, ...late.splice(t, 1))
    const honest = {
      whole,
      late,
      repeated: whole.flatMap((event, t) => (t % 5 === 0 ? [event, { ...event, id: `${event.id}-again` }] : [event])),
      lossy: whole.filter((_, t) => chance(t) > 0.05),
      outage: whole.filter(({ data }, t) => data.origin.id !== 'o-2' || t < 3000 || t > 4500),
      'one number for all': whole.map((event) => ({ ...event, data: { ...event.data, sequence: 1 } })),
      'numbers at random': whole.map((event, t) => ({
        ...event,
        data: { ...event.data, sequence: Math.floor(1e6 * chance(t)) },
      })),
      'every tenth number': whole.map((event) => ({
        ...event,
        data: { ...event.data, sequence: 10 * (event.data.sequence as number) },
      })),
    }
    for (const [name, feed] of Object.entries(honest)) expect([name, summary(feed)]).toEqual([name, []])
  })

  it('keeps its promise on feeds that lose rows at random', () => {
    // 6 streams of 5,600 watched rows at a mass of 1 in 5,600: 6 expected at most.
    let alarms = 0
    for (let s = 0; s < 6; s++)
      alarms += drive(
        sequenceGaps,
        numbered(6000, `null ${s}`).filter((_, t) => chance(t + 13 * s) > 0.02),
        1 / 5600,
      ).alarms.length
    expect(alarms).toBeLessThanOrEqual(6)
  })

  it('gives no place away that has evidence', () => {
    const state = startSequenceState()
    const watched = touchFeed(state, 'bad', 'main', 8)
    if (watched) watched.since.gaps = 3
    for (let i = 0; i < 100; i++) touchFeed(state, `invented ${i}`, 'main', 8)
    expect(state.feeds.size).toBe(8)
    expect(touchFeed(state, 'bad', 'main', 8)).toBe(watched)
  })
})
