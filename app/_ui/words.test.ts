import { expect, it } from 'vitest'
import { alertKinds } from '@/lib/alert/finding'
import { alertStatus, kindWords, subjectWords } from './words'

const alert = { kind: 'drift.feature', state: 'firing', severity: 'warning', verdict: 'undetermined' } as const

it('has words for every kind, each its own', () => {
  expect(new Set(alertKinds.map((k) => kindWords[k])).size).toBe(alertKinds.length)
})
it('tells poisoning from drift, and what is over from what is not', () => {
  expect(alertStatus(alert)).toBe('alarm')
  expect(alertStatus({ ...alert, severity: 'info' })).toBe('watch')
  expect(alertStatus({ ...alert, kind: 'poison.label_flip' })).toBe('poisoning')
  expect(alertStatus({ ...alert, kind: 'poison.label_flip', state: 'resolved' })).toBe('ok')
  expect(alertStatus({ ...alert, state: 'snoozed' })).toBe('silenced')
})
it('says what an alert is about in a few words', () => {
  expect(subjectWords({ feature: 'temp_max' })).toBe('temp_max')
  expect(subjectWords({ feature: 'amount', segment: { region: 'north', tier: 1 } })).toBe(
    'amount in region north, tier 1',
  )
  expect(subjectWords({ segment: { region: 'north' } })).toBe('region north')
  expect(subjectWords({ features: ['a', 'b', 'c', 'd'] })).toBe('a, b, c and 1 more')
  expect(subjectWords({ version: 'v19', label: 'ham' })).toBe('version v19, label ham')
  expect(subjectWords({})).toBe('')
})
