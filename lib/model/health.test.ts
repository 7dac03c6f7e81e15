import { describe, expect, it } from 'vitest'
import { type HealthFacts, healthOf } from './health'

const now = new Date('2026-11-01T12:00:00Z')
const facts = (over: Partial<HealthFacts>): HealthFacts => ({
  open: [],
  lastIngestedAt: new Date('2026-11-01T11:59:00Z'),
  baselineReady: true,
  share: 0.1,
  now,
  ...over,
})
const alert = (over: Partial<HealthFacts['open'][number]> = {}) => ({
  kind: 'drift.feature' as const,
  state: 'firing',
  severity: 'warning' as const,
  ...over,
})

describe('the health of a model', () => {
  it('is the worst that is true of it', () => {
    expect(healthOf(facts({ open: [alert(), alert({ kind: 'poison.label_flip' })] }))).toBe('poisoning')
    expect(healthOf(facts({ open: [alert()], baselineReady: false }))).toBe('alarm')
    expect(healthOf(facts({ share: 0.5 }))).toBe('watch')
    expect(healthOf(facts({ baselineReady: false }))).toBe('learning')
    expect(healthOf(facts({}))).toBe('ok')
  })
  it('does not call for what is snoozed', () => {
    expect(healthOf(facts({ open: [alert({ state: 'snoozed', kind: 'poison.label_flip' })] }))).toBe('silenced')
  })
  it('says so when nothing has come for a day, or ever', () => {
    expect(healthOf(facts({ lastIngestedAt: null }))).toBe('no-data')
    expect(healthOf(facts({ lastIngestedAt: new Date('2026-10-31T11:59:59Z') }))).toBe('no-data')
  })
})
