import { describe, expect, it } from 'vitest'
import { loadSms } from '@/lib/demo/sets'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { textDrift } from '@/lib/detect/drift/text/text'
import { hashUniform } from '@/lib/stats/hash-uniform'

const stream = (rows: number, text: (t: number) => string) =>
  Array.from({ length: rows }, (_, t) =>
    eventAt(t, 'ml.prediction.v1', { model: 'm', version: '1', prediction: 'a', features: {}, text: text(t) }),
  )
const sms = loadSms()
const spam = sms.filter((row) => row.label === 'spam')
const ham = sms.filter((row) => row.label === 'ham')
const draw = (rows: readonly { text: string }[], key: string, t: number) =>
  rows[Math.floor(hashUniform(key, t) * rows.length)]?.text ?? ''
const summary = (alarms: ReturnType<typeof drive>) => alarms.map((a) => [a.kind, a.subject, a.eventIndex, a.onsetIndex])

describe('texts', () => {
  it('finds mail whose spam rises from an eighth to a half, and names the words', () => {
    const alarms = drive(
      textDrift,
      stream(5000, (t) => draw(hashUniform('mix', t) < (t >= 3000 ? 0.5 : 0.13) ? spam : ham, 'text', t)),
    )
    expect(summary(alarms)).toEqual([['drift.feature', { feature: 'text' }, 3100, 3001]])
    expect(alarms[0]?.why).toContain('"1" in 11 % of the texts (2 % before)')
  })

  it('finds texts cut off', () => {
    const alarms = drive(
      textDrift,
      stream(5000, (t) => (t >= 3000 ? draw(sms, 'cut', t).slice(0, 40) : draw(sms, 'cut', t))),
    )
    expect(summary(alarms)).toEqual([['drift.feature', { feature: 'text' }, 3032, 3000]])
  })

  it('is silent while new words keep coming', () => {
    const zipf = (t: number, i: number) => `w${Math.floor(1 / (1 - hashUniform(`z${i}`, t)) ** 1.3)}`
    const alarms = drive(
      textDrift,
      stream(6000, (t) => Array.from({ length: 8 }, (_, i) => zipf(t, i)).join(' ')),
    )
    expect(alarms).toEqual([])
  })

  it('keeps its promise on shuffled messages', () => {
    // 6 orders of 3,574 watched lines at one in 20,000, half spent: .5 expected at most.
    let alarms = 0
    for (let s = 0; s < 6; s++) {
      const order = sms
        .map((row, i) => ({ text: row.text, key: hashUniform(`order ${s}`, i) }))
        .sort((a, b) => a.key - b.key)
      alarms += drive(
        textDrift,
        stream(order.length, (t) => order[t]?.text ?? ''),
        20_000,
      ).length
    }
    expect(alarms).toBeLessThanOrEqual(2)
  })
})
