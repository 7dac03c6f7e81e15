import { describe, expect, it } from 'vitest'
import { conformanceContext, feed } from '@/lib/detect/conformance'
import { counted } from '@/lib/detect/conformance-counted'
import { handed } from '@/lib/detect/conformance-hands'
import { constant, crowded, featureless, hostile, lively, placed } from '@/lib/detect/conformance-streams'
import { detectors } from '@/lib/detect/registry'

const rows = 2400
const lives = lively(rows)
const crowd = crowded(8000)
/** Detectors that need many people to have something to see. */
const ofCrowds = ['poison.availability/crowd', 'quality.labeler/careless', 'poison.slow/anchor']
const places = placed(4500)
/** Detectors that need places, and points. */
const ofPlaces = ['poison.targeted/place', 'poison.clean_label/point']
const counts = counted(4500)
/** Detectors of what comes too often, or not at all. */
const ofCounts = [
  'poison.injection/flood',
  'poison.injection/shilling',
  'poison.deletion/stratum',
  'poison.deletion/sequence',
]
const hands = handed(4000)
/** Detectors of many accounts of one hand. */
const ofHands = ['poison.label_flip/sybils']
const wild = hostile(1200)

describe.each(detectors.map((detector) => [detector.id, detector] as const))('%s', (_, detector) => {
  const live = ofCrowds.includes(detector.id)
    ? crowd
    : ofPlaces.includes(detector.id)
      ? places
      : ofCounts.includes(detector.id)
        ? counts
        : ofHands.includes(detector.id)
          ? hands
          : lives
  const whole = feed(detector, live)

  it('sees what there is to see, and not before its sample', () => {
    expect(whole.alarms.length).toBeGreaterThan(0)
    for (const alarm of whole.alarms) {
      expect(alarm.onsetIndex).toBeLessThanOrEqual(alarm.eventIndex)
      expect(alarm.logE).toBeGreaterThanOrEqual(alarm.threshold)
      for (const value of [alarm.logE, alarm.threshold, alarm.effect, alarm.n])
        expect(Number.isFinite(value)).toBe(true)
      expect(alarm.why).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it('gives the same twice', () => {
    expect(feed(detector, live)).toEqual(whole)
  })

  it('gives the same however the stream is split into batches', () => {
    const split = feed(detector, live, [1, 7, 0, 64, 3])
    expect(split.alarms).toEqual(whole.alarms)
    expect(split.scores).toEqual(whole.scores)
    expect(split.state).toEqual(whole.state)
  })

  it('goes on from a copy of its state as if nothing had happened', () => {
    const copied = feed(detector, live, [997], (state) => structuredClone(state))
    expect(copied.alarms).toEqual(whole.alarms)
    expect(copied.state).toEqual(whole.state)
  })

  it('tells where its units stand, worst first, without changing anything', () => {
    const before = structuredClone(whole.state)
    const standing = detector.standing(whole.state, 2)
    expect(standing.length).toBeLessThanOrEqual(2)
    const over = standing.map((unit) => unit.logE - unit.threshold)
    expect([...over].sort((a, b) => b - a)).toEqual(over)
    expect(whole.state).toEqual(before)
  })

  it('takes extremes, other types, missing keys and huge strings without a fault or a number that is none', () => {
    const run = feed(detector, wild, [50])
    for (const alarm of run.alarms) {
      for (const value of [alarm.logE, alarm.threshold, alarm.effect, alarm.n])
        expect(Number.isFinite(value)).toBe(true)
    }
    for (const score of run.scores) expect(score.suspicion >= 0 && score.suspicion <= 1).toBe(true)
    expect(() => structuredClone(run.state)).not.toThrow()
  })

  it('is silent on constant, featureless and empty streams', () => {
    expect(feed(detector, constant(1200)).alarms).toEqual([])
    expect(
      detector.update(detector.init(detector.params, conformanceContext()), [], conformanceContext()).alarms,
    ).toEqual([])
    const bare = feed(detector, featureless(800)).alarms
    expect(bare.filter((alarm) => alarm.kind === 'drift.feature')).toEqual([])
  })
})
