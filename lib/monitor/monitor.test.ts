import { describe, expect, it } from 'vitest'
import { decodeText } from '@/lib/event/decode'
import type { Arrival } from '@/lib/event/types'
import { madeStream } from '@/test/fixture/streams'
import { createMonitor, type MonitorState, restoreMonitor } from './monitor'
import type { Output } from './output'

const arrivals = (model: string, options: Parameters<typeof madeStream>[0]): Arrival[] =>
  madeStream(options).flatMap((made, index) => {
    const decoded = decodeText(JSON.stringify(made))
    return decoded.ok && decoded.event.data.model === model ? [{ event: decoded.event, index }] : []
  })
const feed = (monitor: { accept(arrival: Arrival): readonly Output[] }, some: Arrival[]) =>
  some.flatMap((arrival) => monitor.accept(arrival))
const frozen = (state: MonitorState): MonitorState => structuredClone(state)

describe('a monitor', () => {
  it.each(['rain', 'spam'])('goes on from a snapshot of %s as if nothing had happened', (model) => {
    const options = { model, sampleEvery: 200, scores: true }
    const all = arrivals(model, { seed: 'monitor', rows: 3200, shiftAt: 2600, flipAt: 1800 })
    const whole = feed(createMonitor(options), all)
    expect(whole.filter((output) => output.type === 'finding')).toHaveLength(1)
    for (const cut of [0, 1, 1999, 2750, 3150]) {
      const first = createMonitor(options)
      const before = feed(first, all.slice(0, cut))
      const after = feed(restoreMonitor(options, frozen(first.snapshot())), all.slice(cut))
      expect([...before, ...after]).toEqual(whole)
    }
  })

  it('adopts a baseline once a stream, with every feature counted in every row', () => {
    const monitor = createMonitor({ model: 'rain', sampleEvery: 500, config: { baseline: { rows: 300 } } })
    const outputs = feed(monitor, arrivals('rain', { seed: 'baseline', rows: 900 }))
    const baselines = outputs.filter((output) => output.type === 'baseline')
    expect(baselines.map(({ stream, rows }) => [stream, rows])).toEqual([['prediction', 300]])
    const counted = [...(baselines[0]?.sketches.values() ?? [])].map(({ n, nulls, absent }) => n + nulls + absent)
    expect(counted).toEqual([300, 300, 300])
  })

  it('refuses a state of another version, so that it is rebuilt from the stored events', () => {
    const state = frozen(createMonitor({ model: 'rain' }).snapshot())
    expect(() => restoreMonitor({ model: 'rain' }, { ...state, version: 0 })).toThrow(RangeError)
    const data = state.data as { detectors: Record<string, { version: number }> }
    const [first] = Object.values(data.detectors)
    if (first) first.version = -1
    expect(() => restoreMonitor({ model: 'rain' }, state)).toThrow(RangeError)
  })

  it('raises nothing on made streams in which nothing moves', () => {
    for (const seed of ['a', 'b', 'c'])
      for (const model of ['rain', 'spam'])
        expect(feed(createMonitor({ model }), arrivals(model, { seed, rows: 5000 }))).toEqual([])
  })

  it('keeps silent on effects smaller than the configuration asks for', () => {
    const all = arrivals('rain', { seed: 'monitor', rows: 3200, shiftAt: 2600 })
    const kinds = (least: number) =>
      feed(createMonitor({ model: 'rain', config: { leastEffect: { 'drift.feature': least } } }), all).map(
        (o) => o.type,
      )
    expect(kinds(0)).toContain('finding')
    expect(kinds(1000)).toEqual([])
  })
})
