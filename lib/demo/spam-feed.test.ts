import { describe, expect, it } from 'vitest'
import { loadSms } from '@/lib/demo/sets'
import { attack, spamFeed } from '@/lib/demo/spam-feed'
import { dayMs, type Step } from '@/lib/demo/steps'

const sms = loadSms()
const spanMs = 45 * dayMs
const feed = spamFeed(sms, 7, spanMs)
const training = feed.steps.filter(
  (step): step is Step & { to: 'assay' } => step.to === 'assay' && step.type === 'ml.training.v1',
)
const truth = new Map(sms.map(({ row, label }) => [`t-sms-${row}`, label]))
const originOf = (step: Step & { to: 'assay' }) => (step.data.origin as { id: string }).id

describe('the spam feed', () => {
  it('deals every one of the 5,574 messages once, to ten contributors', () => {
    expect(sms).toHaveLength(5574)
    expect(new Set(training.map(({ id }) => id)).size).toBe(5574)
    expect(training).toHaveLength(5574)
    expect(new Set(training.map(originOf)).size).toBe(10)
  })

  it('has wrong labels from vendor-7 alone, and none before the attack begins', () => {
    const wrong = training.filter(({ id, data }) => data.label !== truth.get(id))
    expect(new Set(wrong.map(originOf))).toEqual(new Set([attack.origin]))
    expect(Math.min(...wrong.map(({ atMs }) => atMs))).toBeGreaterThanOrEqual(feed.truth.beginsAtMs)
    expect(new Set(wrong.map(({ id }) => id))).toEqual(feed.truth.affected)
  })

  it('lets vendor-7 bring 6 to 8 % of the rows and flip about three of four from then on', () => {
    const rows = training.filter((step) => originOf(step) === attack.origin)
    expect(rows.length / training.length).toBeGreaterThan(0.06)
    expect(rows.length / training.length).toBeLessThan(0.08)
    const late = rows.filter(({ atMs }) => atMs >= feed.truth.beginsAtMs)
    expect(feed.truth.affected.size / late.length).toBeGreaterThan(0.65)
    expect(feed.truth.affected.size / late.length).toBeLessThan(0.85)
  })

  it('counts the sequence of every contributor up by one, in the order of arrival', () => {
    const last = new Map<string, number>()
    for (const step of training) {
      expect(step.data.sequence).toBe((last.get(originOf(step)) ?? 0) + 1)
      last.set(originOf(step), step.data.sequence as number)
    }
  })

  it('labels every audited prediction with the truth, after the message came in', () => {
    const asked = new Map<string, number>()
    for (const step of feed.steps) {
      if (step.to === 'learner') asked.set(`p-${step.request.id}`, step.atMs)
      else if (step.type === 'ml.label.v1') {
        const prediction = step.data.prediction as string
        expect(asked.get(prediction)).toBeLessThan(step.atMs)
        expect(step.data.label).toBe(truth.get(prediction.replace('p-', 't-')))
      }
    }
  })

  it('follows from its seed alone', () => {
    expect(spamFeed(sms, 7, spanMs).steps).toEqual(feed.steps)
    expect(spamFeed(sms, 8, spanMs).steps).not.toEqual(feed.steps)
  })
})
