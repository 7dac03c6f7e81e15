import { expect, it } from 'vitest'
import { auditWords } from './audit-words'

it('bounds what is wrong, and says when it cannot', () => {
  expect(auditWords({ judged: 600, doubted: [], atMost: 0.012, noticed: 0.8 })).toBe(
    'At most 1\u202f% of its labels are wrong (95 % confidence; 80\u202f% of planted errors were noticed). No label is doubted.',
  )
  expect(auditWords({ judged: 0, doubted: [], atMost: null, noticed: null })).toContain('Too few rows')
  expect(
    auditWords({
      judged: 400,
      doubted: [{ row: 3, chance: 0.01, label: 'ham', instead: 'spam' }],
      atMost: null,
      noticed: null,
    }),
  ).toContain('cannot be bounded')
})
