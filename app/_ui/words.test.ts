import { expect, it } from 'vitest'
import { alertKinds } from '@/lib/alert/finding'
import { alertStatus, kindWords } from './words'

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
