import { describe, expect, it } from 'vitest'
import { eventAt } from '@/lib/detect/drift/test-drive'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { createMonitor, type Monitor, restoreMonitor } from './monitor'

const normal = (n: number) =>
  Math.sqrt(-2 * Math.log(hashUniform('adopt/a', n))) * Math.cos(2 * Math.PI * hashUniform('adopt/b', n))
/** Standard normal, a standard deviation higher in rows 3,000 to 5,999, then back. `plan` takes on another mix in the same rows. */
const stream: Arrival[] = Array.from({ length: 8000 }, (_, t) => {
  const away = t >= 3000 && t < 6000
  const features = { x: normal(t) + (away ? 1 : 0), plan: hashUniform('adopt/c', t) < (away ? 0.7 : 0.4) ? 'a' : 'b' }
  return eventAt(t, 'ml.prediction.v1', { model: 'm', version: '1', features, prediction: 'yes' })
})
const start = () => createMonitor({ model: 'm', config: { budget: { perEvents: 100_000 } } })
const run = (monitor: Monitor, from: number, to: number) =>
  stream
    .slice(from, to)
    .flatMap((arrival) => monitor.accept(arrival))
    .flatMap((output) => (output.type === 'finding' ? [[output.subject.feature, output.onsetIndex >= 6000 - 50]] : []))

describe.each(['x', 'plan'])('adopting the level of %s', (feature) => {
  const own = (said: unknown[][]) => said.filter(([name]) => name === feature)

  it('is silent on a return without it, and takes a return for a change with it', () => {
    const plain = start()
    expect(own(run(plain, 0, 5000))).toEqual([[feature, false]])
    expect(own(run(plain, 5000, 8000))).toEqual([])
    const adopted = start()
    run(adopted, 0, 5000)
    expect(adopted.adopt({ feature }, 'adopt')).toBe(true)
    expect(own(run(adopted, 5000, 8000))).toEqual([[feature, true]])
  })

  it('is undone by a withdrawal, and the same from a snapshot', () => {
    const monitor = start()
    run(monitor, 0, 5000)
    monitor.adopt({ feature }, 'adopt')
    expect(monitor.adopt({ feature }, 'adopt')).toBe(false)
    const again = restoreMonitor(
      { model: 'm', config: { budget: { perEvents: 100_000 } } },
      structuredClone(monitor.snapshot()),
    )
    for (const one of [monitor, again]) {
      run(one, 5000, 5500)
      expect(one.adopt({ feature }, 'withdraw')).toBe(true)
    }
    expect(run(again, 5500, 8000)).toEqual(run(monitor, 5500, 8000))
  })
})

it('says when no unit has a level to adopt', () => {
  const monitor = start()
  run(monitor, 0, 2500)
  expect(monitor.adopt({ feature: 'x' }, 'adopt')).toBe(false)
  expect(monitor.adopt({ feature: 'nobody' }, 'adopt')).toBe(false)
  expect(monitor.adopt({ feature: 'x' }, 'withdraw')).toBe(false)
})
