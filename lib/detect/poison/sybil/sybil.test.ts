import { describe, expect, it } from 'vitest'
import { conformanceContext } from '@/lib/detect/conformance'
import type { Alarm, Detector } from '@/lib/detect/detector'
import { availability } from '@/lib/detect/poison/availability/availability'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { sybils } from '@/lib/detect/poison/sybil/sybil'
import { flood } from '@/lib/redteam/flood'
import type { Act } from '@/lib/redteam/stage'
import { playSybils } from '@/lib/redteam/sybils'
import { flipStream } from '@/test/fixture/flip-stream'

/** 60 vendors, and from line 600 on guests who come for an hour: three rows in ten. */
const feed = (seed: string) =>
  flipStream(seed, 6000, 60, (row, u) =>
    row.index >= 600 && u < 0.3
      ? { origin: { id: `guest-${Math.floor(row.index / 60)}-${Math.floor(20 * u)}`, kind: 'user' } }
      : {},
  ).map(({ event }) => event)
const accounts = Array.from({ length: 12 }, (_, i) => `acct-${i}`)
const hand = { origins: accounts, onset: 0.4, bursts: 6, burstRows: 80 }

// biome-ignore lint/suspicious/noExplicitAny: detectors of every state.
function watch(detector: Detector<any, any>, seed: string, act: Act) {
  const ctx = conformanceContext(50_000)
  let state = detector.init(detector.params, ctx)
  const alarms: Alarm[] = []
  for (const [index, event] of act(feed(seed), seed).feed.entries()) {
    const step = detector.update(state, [{ event, index }], ctx)
    state = step.state
    alarms.push(...step.alarms)
  }
  return { state, alarms }
}

describe('twelve accounts made within 80 lines, with six rows each, in a feed where guests come and go', () => {
  const oneWay = playSybils({ ...hand, strength: 0.85, to: 'approve' })

  it('are named together when they push a label, and nobody else is', () => {
    const { alarms } = watch(sybils, 'd', oneWay)
    expect(alarms.map(({ kind, eventIndex, onsetIndex }) => [kind, eventIndex, onsetIndex])).toEqual([
      ['poison.label_flip', 4824, 3016],
    ])
    const [alarm] = alarms as [Alarm]
    expect(alarm.subject).toMatchObject({ label: 'approve' })
    expect([...(alarm.subject.origins ?? [])].filter((id) => !accounts.includes(id))).toEqual([])
    expect(alarm.why).toBe(
      '7 of 39 origins that were first seen at about the same time turn labels to approve: 100 % of their 12 rows, 9 % elsewhere',
    )
    expect(alarm.onsetTimeMs).toBe(1000 * alarm.onsetIndex)
  })

  it('are named together when they turn labels any way', () => {
    const { alarms } = watch(sybils, 'b', playSybils({ ...hand, strength: 0.85 }))
    expect(alarms.map(({ kind, eventIndex, onsetIndex }) => [kind, eventIndex, onsetIndex])).toEqual([
      ['poison.availability', 3070, 2405],
      // Whoever had shown too little by then.
      ['poison.label_flip', 5426, 3678],
    ])
    expect(alarms.flatMap(({ subject }) => subject.origins ?? []).filter((id) => !accounts.includes(id))).toEqual([])
  })

  it('are too small to be named one by one, and too few among newcomers to be named as a crowd', () => {
    expect(watch(labelFlip, 'd', oneWay).alarms).toEqual([])
    expect(watch(availability, 'd', oneWay).alarms).toEqual([])
  })

  it('show as a cluster, with why and who', () => {
    const { state } = watch(sybils, 'd', playSybils({ ...hand, strength: 0 }))
    const units = sybils.standing(state, 100)
    const theirs = units.find(({ subject }) => accounts.every((id) => subject.origins?.includes(id)))
    expect(theirs?.unit).toMatch(/^sybils born=/)
  })
})

describe('stays silent on honest look-alikes', () => {
  const honest: Record<string, Act> = {
    'a team that starts on one day and keeps the same hours': playSybils({ ...hand, strength: 0, bursts: 30 }),
    'a shift of careless workers': playSybils({ ...hand, strength: 0.12, bursts: 30 }),
    'one of them turns labels: that is his affair': (rows, seed) => {
      const team = playSybils({ ...hand, strength: 0, bursts: 30 })(rows, seed)
      const turned = team.feed.map((event) =>
        event.data.origin.id === 'acct-3' ? { ...event, data: { ...event.data, label: 'approve' } } : event,
      )
      return { ...team, feed: turned }
    },
    'a burst of copies that new accounts pass on': flood({
      onset: 0.5,
      rows: 120,
      origins: accounts,
      jitter: 0,
      span: 0.1,
    }),
    'nothing at all': (rows) => ({ feed: rows, truth: { kind: null, name: '', subject: {}, eventIds: [] } }),
  }
  it.each(Object.entries(honest))('%s', (_, act) => {
    for (const seed of ['a', 'b']) expect(watch(sybils, seed, act).alarms).toEqual([])
  })
})

describe('cannot be talked out of it', () => {
  it('by a flood of new names, which pushes out names and no evidence; its state stays bounded', () => {
    const names = 9000
    const filled: Act = (rows, seed) => {
      const staged = playSybils({ ...hand, strength: 0.95, bursts: 10 })(rows, seed)
      const own = new Set(staged.truth.eventIds)
      let n = 0
      // Every other row of anybody else comes under a new name, from before they begin.
      const feed = staged.feed.flatMap((event, place) =>
        place < 2000 || own.has(event.id)
          ? [event]
          : [
              event,
              ...[0, 1, 2].map((k) => ({
                ...event,
                id: `${event.id}-${k}`,
                data: { ...event.data, origin: { id: `name-${n++ % names}`, kind: 'user' } },
              })),
            ],
      )
      return { ...staged, feed }
    }
    const { alarms, state } = watch(sybils, 'd', filled)
    expect(
      alarms.flatMap(({ subject }) => subject.origins ?? []).filter((id) => accounts.includes(id)).length,
    ).toBeGreaterThan(5)
    expect(state.seats.size).toBeLessThanOrEqual(4096)
    expect(state.clusters.byKey.size).toBeLessThanOrEqual(256)
  })
})
