import { expect, it } from 'vitest'
import { ownPath } from './own-path'

it('stays on this site', () => {
  expect(ownPath('/alerts?status=firing#a')).toBe('/alerts?status=firing#a')
  for (const other of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '',
    null,
  ]) {
    expect(ownPath(other)).toBe('/')
  }
})
