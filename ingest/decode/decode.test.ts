import { describe, expect, it } from 'vitest'
import { decodeMessage } from './index'

const data = { model: 'spam', prediction: 'p-1', label: 'ham' }
const structured = {
  specversion: '1.0',
  id: 'l-1',
  source: '/labels',
  type: 'ml.label.v1',
  time: '2026-11-01T09:30:00Z',
  data,
}
const binary = {
  ce_specversion: Buffer.from('1.0'),
  ce_id: Buffer.from('l-1'),
  ce_source: Buffer.from('/labels'),
  ce_type: Buffer.from('ml.label.v1'),
  ce_time: Buffer.from('2026-11-01T09:30:00Z'),
  'content-type': Buffer.from('application/json; charset=utf-8'),
}

describe('decoding a message', () => {
  it('reads structured and binary mode to the same event', () => {
    const one = decodeMessage({ value: Buffer.from(JSON.stringify(structured)) })
    const two = decodeMessage({ value: Buffer.from(JSON.stringify(data)), headers: binary })
    expect(one.ok).toBe(true)
    expect(two).toEqual(one)
  })

  it('does not let a binary body pass for attributes', () => {
    const spliced = decodeMessage({ value: Buffer.from(`${JSON.stringify(data)},"id":"l-2"`), headers: binary })
    expect(spliced).toMatchObject({ ok: false, reason: expect.stringMatching(/^data: not JSON/) })
  })

  it.each([
    ['a tombstone', null, 'empty: expected a CloudEvents JSON object'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    [
      'a framed record',
      Buffer.from([0, 0, 0, 0, 1, 0x7b]),
      'Schema Registry framing (magic byte 0): expected plain CloudEvents JSON',
    ],
    ['a huge one', Buffer.alloc(1_048_577, 0x20), 'too large: 1048577 bytes, at most 1048576 are accepted'],
  ])('refuses %s', (_what, value, reason) => expect(decodeMessage({ value })).toEqual({ ok: false, reason }))

  it('refuses a binary message of another content type', () => {
    const headers = { ...binary, 'content-type': Buffer.from('application/avro') }
    expect(decodeMessage({ value: Buffer.from('{}'), headers })).toEqual({
      ok: false,
      reason: 'content-type: expected application/json, got "application/avro"',
    })
  })
})
