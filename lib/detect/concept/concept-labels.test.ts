import { describe, expect, it } from 'vitest'
import { conceptDrift } from '@/lib/detect/concept/concept'
import { conformanceContext } from '@/lib/detect/conformance'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

interface Row {
  features?: Record<string, number>
  prediction: string
  label: string
  score?: number
  delay?: number | null
}

/** Predictions, and their labels so many predictions later; null: never. */
function stream(rows: number, make: (t: number) => Row): Arrival[] {
  const out: Arrival[] = []
  const due = new Map<number, [string, string][]>()
  for (let t = 0; t < rows; t++) {
    const { features = {}, prediction, label, score, delay = 0 } = make(t)
    const data = { model: 'm', version: '1', features, prediction, ...(score === undefined ? {} : { score }) }
    out.push(eventAt(out.length, 'ml.prediction.v1', data, `p${t}`))
    if (delay !== null) due.set(t + delay, [...(due.get(t + delay) ?? []), [`p${t}`, label]])
    for (const [prediction, label] of due.get(t) ?? [])
      out.push(eventAt(out.length, 'ml.label.v1', { model: 'm', prediction, label }, `l${prediction}`))
  }
  return out
}
const u = (key: string, t: number) => hashUniform(key, t)
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.kind, a.unit, a.eventIndex, a.onsetIndex, a.verdict])

/** y = yes where x > .5, 5 % noise; from row `turn` on the rule is turned round where x > .8. The model keeps the old rule. */
const turned =
  (turn: number, delay: number | null = 0) =>
  (t: number): Row => {
    const x = u('x', t)
    const rule = t >= turn && x > 0.8 ? x <= 0.5 : x > 0.5
    const label = rule !== u('noise', t) < 0.05 ? 'yes' : 'no'
    return { features: { x, z: u('z', t) }, prediction: x > 0.5 ? 'yes' : 'no', label, delay }
  }

describe('labels of like rows', () => {
  it('says where the rule changed', () => {
    const [alarm, ...more] = drive(conceptDrift, stream(5000, turned(3000)))
    expect(more).toEqual([])
    expect(summary(alarm ? [alarm] : [])).toMatchInlineSnapshot(`
      [
        [
          "drift.concept",
          "error",
          6075,
          6000,
          "concept-change",
        ],
      ]
    `)
    expect(alarm?.why).toMatchInlineSnapshot(
      `"errors on labelled predictions rose from 5.1 % to 34 % over 38 labels; labels changed most where x > 0.936"`,
    )
  })

  it('finds it through labels that come 1,500 predictions late, and points at the prediction', () => {
    expect(summary(drive(conceptDrift, stream(9000, turned(5000, 1500))))).toMatchInlineSnapshot(`
      [
        [
          "drift.concept",
          "error",
          11563,
          8502,
          "concept-change",
        ],
      ]
    `)
  })

  it('takes a mix of classes that moves for what it is', () => {
    // From row 3,000 on two of three "yes" are gone: the odds fall to a third in every leaf.
    const mix = (t: number): Row => {
      for (let i = 0; ; i++) {
        const x = u(`x${i}`, t)
        const label = u(`y${i}`, t) < 0.15 + 0.7 * x ? 'yes' : 'no'
        if (t >= 3000 && label === 'yes' && u(`kept${i}`, t) > 0.33) continue
        return { features: { x }, prediction: x > 0.5 ? 'yes' : 'no', label }
      }
    }
    const [first] = drive(conceptDrift, stream(5000, mix))
    expect(summary(first ? [first] : [])).toMatchInlineSnapshot(`
      [
        [
          "drift.label",
          "label",
          6251,
          5988,
          "benign-shift",
        ],
      ]
    `)
  })

  it('is silent on labels of one class that come later than the others, and on nights with more errors', () => {
    const late = (t: number): Row => {
      const row = turned(1e9)(t)
      return { ...row, delay: row.label === 'yes' ? 900 : 20 }
    }
    expect(summary(drive(conceptDrift, stream(8000, late)))).toEqual([])
    // A row a minute: the night is 8 hours of 24.
    const nights = (t: number): Row => {
      const row = turned(1e9)(t)
      const wrong = u('night', t) < ((2 * t) % 1440 < 480 ? 0.3 : 0.02)
      return { ...row, label: wrong ? (row.label === 'yes' ? 'no' : 'yes') : row.label }
    }
    expect(summary(drive(conceptDrift, stream(8000, nights)))).toEqual([])
  })

  it('counts the latest label, and an error once', () => {
    const rows = stream(2600, turned(1e9))
    const context = { ...conformanceContext(100_000, 2000), config: {} }
    const state = conceptDrift.init(conceptDrift.params, context)
    conceptDrift.update(state, rows, context)
    const error = () => state.classFamily?.units.find((one) => one.name === 'error')?.unit
    const before = error()?.counts[1] ?? Number.NaN
    const evidence = [...(error()?.evidence.m ?? [])]
    const again = (id: string, label: string) =>
      conceptDrift.update(
        state,
        [eventAt(rows.length, 'ml.label.v1', { model: 'm', prediction: id, label }, 'again')],
        context,
      )
    // Row 2,500 was right: the later label makes it wrong, and the one after that right again.
    const { prediction, label } = turned(1e9)(2500)
    expect(label).toBe(prediction)
    again('p2500', 'neither')
    expect(error()?.counts[1]).toBe(before + 1)
    again('p2500', label)
    expect(error()?.counts[1]).toBe(before)
    expect([...(error()?.evidence.m ?? [])]).toEqual(evidence)
  })
})

describe('estimated performance', () => {
  const unsure = (t: number, delay: number | null): Row => {
    const sure = t >= 3000 ? 0.55 + 0.2 * u('s', t) : 0.75 + 0.24 * u('s', t)
    return { prediction: 'a', label: u('l', t) < sure ? 'a' : 'b', score: sure, delay }
  }

  it('falls with the confidence where no labels come', () => {
    const alarms = drive(
      conceptDrift,
      stream(4000, (t) => unsure(t, null)),
    )
    expect(summary(alarms)).toMatchInlineSnapshot(`
      [
        [
          "drift.performance",
          "estimated",
          3002,
          3000,
          "undetermined",
        ],
      ]
    `)
    expect(alarms[0]?.why).toMatchInlineSnapshot(
      `"estimated accuracy went from 87 % to 68 % [15 %, 100 %] over 3 predictions without labels"`,
    )
  })

  it('stays silent with prompt labels, and stands beside the realised one', () => {
    const rows = stream(2900, (t) => unsure(t, 0))
    const context = { ...conformanceContext(100_000, 2000), config: {} }
    const { state, alarms } = conceptDrift.update(conceptDrift.init(conceptDrift.params, context), rows, context)
    expect(alarms.filter((a) => a.kind === 'drift.performance')).toEqual([])
    const estimate = conceptDrift.standing(state, 20).find((unit) => unit.estimate)?.estimate
    // Mean confidence .87: an error of .13, estimated and realised.
    expect(estimate?.low).toBeLessThan(0.13)
    expect(estimate?.high).toBeGreaterThan(0.13)
    expect(Math.abs((estimate?.realised?.value ?? 1) - (estimate?.estimated ?? 0))).toBeLessThan(0.03)
  })
})
