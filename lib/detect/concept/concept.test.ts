import { describe, expect, it } from 'vitest'
import { conceptDrift } from '@/lib/detect/concept/concept'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** Predictions with their labels, in the order that `place` gives; values by `make`. */
function labelled(
  rows: number,
  make: (t: number) => [string | number, string | number],
  labelFirst = false,
): Arrival[] {
  const out: Arrival[] = []
  for (let t = 0; t < rows; t++) {
    const [predicted, label] = make(t)
    const p = () =>
      out.push(
        eventAt(
          out.length,
          'ml.prediction.v1',
          { model: 'm', version: '1', features: {}, prediction: predicted },
          `p${t}`,
        ),
      )
    const l = () => out.push(eventAt(out.length, 'ml.label.v1', { model: 'm', prediction: `p${t}`, label }, `l${t}`))
    if (labelFirst) l()
    p()
    if (!labelFirst) l()
  }
  return out
}
const rate =
  (key: string, wrong: (t: number) => number) =>
  (t: number): [string, string] => ['a', hashUniform(key, t) < wrong(t) ? 'b' : 'a']
const summary = (alarms: ReturnType<typeof drive>) => alarms.map((a) => [a.eventIndex, a.onsetIndex, a.verdict])

describe('the concept family', () => {
  const rise = rate('e', (t) => (t >= 3000 ? 0.3 : 0.1))
  /** The labels stay as they are; the model errs more. */
  const worse = (t: number): [string, string] => {
    const label = hashUniform('label', t) < 0.5 ? 'a' : 'b'
    return [hashUniform('e', t) < (t >= 3000 ? 0.3 : 0.1) === (label === 'a') ? 'b' : 'a', label]
  }

  it('finds errors 10 % → 30 % and points at the prediction, not its label', () => {
    expect(summary(drive(conceptDrift, labelled(5000, rise)))).toEqual([[6117, 5974, 'concept-change']])
  })

  it('joins labels that come first, and counts a second label of a prediction no second time', () => {
    const once = labelled(5000, rise, true)
    expect(drive(conceptDrift, once).length).toBe(1)
    const twice = once.flatMap((a) => (a.event.type === 'ml.label.v1' ? [a, a] : [a]))
    expect(drive(conceptDrift, twice).length).toBe(1)
  })

  it('blames a version that came at the onset', () => {
    const stream = labelled(5000, worse)
    stream.splice(6000, 0, eventAt(5999, 'ml.version.v1', { model: 'm', version: '7' }, 'v7'))
    const [alarm] = drive(conceptDrift, stream)
    expect(alarm?.verdict).toBe('model-regression')
    expect(alarm?.subject).toEqual({ version: '7' })
  })

  it('finds a second rise after the first was over', () => {
    const waves = rate('w', (t) => ((t >= 3000 && t < 4500) || t >= 8000 ? 0.35 : 0.1))
    expect(drive(conceptDrift, labelled(10_000, waves)).length).toBe(2)
  })

  it('watches residuals where predictions are numbers', () => {
    const noise = (t: number): [number, number] => [
      Math.floor(97 * hashUniform('x', t)),
      Math.floor(97 * hashUniform('x', t)) + normalQuantile(hashUniform('r', t)) * (t >= 3000 ? 2 : 1),
    ]
    expect(summary(drive(conceptDrift, labelled(5000, noise)))).toEqual([[6021, 6000, 'concept-change']])
  })

  it('says nothing without labels, and keeps its promise at a steady error', () => {
    expect(
      drive(
        conceptDrift,
        labelled(4000, rise).filter((a) => a.event.type !== 'ml.label.v1'),
      ),
    ).toEqual([])
    // 40 streams of 4,000 watched pairs, one in 20,000 lines, half spent on labels' lines: 4 expected at most; 11 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 40; s++)
      alarms += drive(
        conceptDrift,
        labelled(
          6000,
          rate(`q${s}`, () => 0.12),
        ),
        20_000,
      ).length
    expect(alarms).toBeLessThanOrEqual(11)
  })
})
