import { expect, it } from 'vitest'
import { alertFilter } from './filter'

const none = { status: null, model: null, kind: null, cursor: null }
it('shows what is firing unless asked otherwise', () => {
  expect(alertFilter(none)).toEqual({ status: 'firing' })
  expect(alertFilter({ ...none, status: 'all' })).toEqual({})
  expect(alertFilter({ ...none, status: 'resolved', model: 'spam', kind: 'drift.feature' })).toEqual({
    status: 'resolved',
    model: 'spam',
    kind: 'drift.feature',
  })
})
it('takes nonsense in the URL for nothing', () =>
  expect(alertFilter({ ...none, status: 'x', kind: 'drift.nope' })).toEqual({ status: 'firing' }))
