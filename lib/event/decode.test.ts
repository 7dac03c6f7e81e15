import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decode'

const training = {
  specversion: '1.0',
  id: 't-000017',
  source: '/feeds/reviews',
  type: 'ml.training.v1',
  time: '2026-11-01T09:30:00Z',
  data: {
    model: 'spam',
    origin: { id: 'vendor-7', kind: 'vendor' },
    features: { len: 212, caps: 0.04, lang: 'en', bot: false, seen: null },
    text: '…',
    label: 'ham',
    batch: 'b-2026-11-01-09',
  },
}
const decode = (change: object, data: object = {}) =>
  decodeText(JSON.stringify({ ...training, ...change, data: { ...training.data, ...data } }))
const reason = (change: object, data: object = {}) => {
  const decoded = decode(change, data)
  return decoded.ok ? 'accepted' : decoded.reason
}

describe('decoding an event', () => {
  it('takes the contract’s own example', () => {
    const decoded = decode({})
    expect(decoded).toEqual({
      ok: true,
      extra: null,
      event: {
        type: 'ml.training.v1',
        id: 't-000017',
        source: '/feeds/reviews',
        timeMs: Date.UTC(2026, 10, 1, 9, 30),
        data: training.data,
      },
    })
  })

  it('keeps what it does not know apart', () => {
    const decoded = decode({ traceparent: '00-ab' }, { shoeSize: { eu: 42 } })
    expect(decoded.ok && { ...decoded.extra }).toEqual({ traceparent: '00-ab', shoeSize: { eu: 42 } })
  })

  it('takes a null in an optional field for an absent one, and keeps a null feature', () => {
    const decoded = decode({}, { labeler: null })
    expect(decoded.ok && 'labeler' in decoded.event.data).toBe(false)
    expect(decoded.ok && decoded.event.type === 'ml.training.v1' && decoded.event.data.features.seen).toBe(null)
  })

  it.each([
    ['specversion', { specversion: '0.3' }, {}, 'specversion: expected "1.0", got "0.3"'],
    ['id', { id: '' }, {}, 'id: expected a string of 1 to 1024 characters, got ""'],
    ['type', { type: 'ml.guess.v1' }, {}, 'type: unknown, got "ml.guess.v1"'],
    ['an inherited name as type', { type: 'toString' }, {}, 'type: unknown, got "toString"'],
    ['time', { time: 'noon' }, {}, 'time: expected RFC 3339 with an offset, such as 2026-11-01T09:30:00Z, got "noon"'],
    ['a missing label', {}, { label: undefined }, 'data.label: missing'],
    [
      'a null label',
      {},
      { label: null },
      'data.label: expected a string (at most 1024 characters) or a finite number, got null',
    ],
    [
      'a boolean label',
      {},
      { label: true },
      'data.label: expected a string (at most 1024 characters) or a finite number, got true',
    ],
    [
      'a nested feature',
      {},
      { features: { a: [1] } },
      'data.features: "a": expected a finite number, string, boolean or null, got an object',
    ],
    [
      'an origin with no kind',
      {},
      { origin: { id: 'v' } },
      'data.origin: kind: expected a string of 1 to 1024 characters, got an object',
    ],
    ['a fraction as sequence', {}, { sequence: 1.5 }, 'data.sequence: expected a whole number, 0 or more, got 1.5'],
  ])('refuses %s, naming the field', (_what, change, data, expected) => expect(reason(change, data)).toBe(expected))

  it('refuses what is beyond double precision, NUL, and text that is no JSON', () => {
    const text = JSON.stringify(training)
    expect(decodeText(text.replace('212', '1e999'))).toMatchObject({ ok: false })
    expect(decodeText(text.replace('…', '\\u0000'))).toEqual({
      ok: false,
      reason: 'U+0000 in a string: not storable, remove it',
    })
    expect(decodeText('')).toEqual({ ok: false, reason: 'empty: expected a JSON object' })
    expect(decodeText('{"a":')).toMatchObject({ ok: false, reason: expect.stringMatching(/^not JSON: /) })
    expect(decodeText('[]')).toEqual({ ok: false, reason: 'expected a CloudEvents JSON object' })
  })

  it('mends lone surrogates, in keys too, and bears nesting of any depth', () => {
    const decoded = decodeText(
      JSON.stringify(training).replace('"…"', '"a\\ud800b"').replace('"lang"', '"la\\udc00ng"'),
    )
    expect(decoded.ok && decoded.event.type === 'ml.training.v1' && decoded.event.data.text).toBe('a\ufffdb')
    expect(decoded.ok && decoded.event.type === 'ml.training.v1' && Object.keys(decoded.event.data.features)).toContain(
      'la\ufffdng',
    )
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const nested = decodeText(JSON.stringify(training).replace('"batch"', `"nest":${deep},"batch"`))
    expect(nested).toEqual({ ok: false, reason: 'unknown fields are nested deeper than 16' })
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.json(), (json) => typeof decodeText(json).ok === 'boolean'))
    fc.assert(
      fc.property(fc.jsonValue(), (data) => typeof decode({}, { features: data, origin: data }).ok === 'boolean'),
    )
  })
})
