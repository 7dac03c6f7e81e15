import { expect, it } from 'vitest'
import { bytes, compact, count, edge, measure, percent, plural } from './format'

it('groups thousands', () => expect(count(4120)).toBe('4,120'))
it('shortens what is only compared', () =>
  expect([412, 1240, 12_400, 3.4e6].map(compact)).toEqual(['412', '1.2k', '12k', '3.4M']))
it('keeps a digit of a small share and never rounds it to nothing', () =>
  expect([0.614, 0.0042, 0.00001, 0, 3.4].map(percent)).toEqual([
    '61\u202f%',
    '.4\u202f%',
    '<.1\u202f%',
    '0\u202f%',
    '340\u202f%',
  ]))
it('writes a measured number in three figures', () =>
  expect([0.9142, 0.57, 0.0042, 17.25, 4120.4, -0.5, 0].map((x) => measure(x))).toEqual([
    '.914',
    '.57',
    '.0042',
    '17.3',
    '4,120',
    '-.5',
    '0',
  ]))
it('labels a place on an axis as short as it goes', () =>
  expect([5, -12.34, 0.25, 0, 12_000].map(edge)).toEqual(['5', '-12.3', '.25', '0', '12k']))
it('says sizes', () => expect([80, 2048, 3 * 1048576].map(bytes)).toEqual(['80 B', '2.0 KB', '3.0 MB']))
it('counts one and many', () => expect([plural(1, 'row'), plural(4120, 'row')]).toEqual(['1 row', '4,120 rows']))
