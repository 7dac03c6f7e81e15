import { describe, expect, it } from 'vitest'
import type { Told } from '../attack/attack'
import { averagePrecision } from './precision'
import { score } from './score'
import type { PoisonStream, Raised, Said } from './truth'

const flip: Told = {
  origins: ['vendor-7'],
  label: 'ham',
  ways: [{ kinds: ['poison.label_flip'], by: ['origin'] }],
  rows: ['t-100', 't-200', 't-300'],
}
const stream = (told: Told | null): PoisonStream => ({
  name: 'text/flip',
  base: 'text',
  attack: 'flip',
  seed: 'x',
  real: false,
  model: 'text',
  lines: Array(1000).fill({}),
  config: {},
  golden: [],
  told: told && { ...told, from: 100 },
  badLines: [100, 200, 300],
  bad: new Set(told?.rows),
  careless: new Set(['w9']),
})
const said = (...findings: Partial<Raised>[]): Said => ({
  findings: findings.map((finding) => ({
    eventIndex: 250,
    onsetIndex: 90,
    kind: 'poison.label_flip',
    subject: { origin: 'vendor-7' },
    verdict: 'poisoning',
    ...finding,
  })),
  scores: new Map([['t-100', 0.9]]),
  microsPerLine: 1,
})

describe('holding accusations against what was done', () => {
  it('counts the first that names the guilty, with its delay in his rows and in lines', () => {
    expect(score(stream(flip), said({}, { eventIndex: 400 }))).toMatchObject({
      found: true,
      delayRows: 2,
      delayLines: 150,
      onsetOff: 10,
      wrong: [],
    })
  })

  it('calls false what comes before, accuses another, or accuses anybody when nobody did anything', () => {
    const before = said({ eventIndex: 99 })
    const another = said({ subject: { origin: 'vendor-8' } })
    for (const [told, what] of [
      [flip, before],
      [flip, another],
      [null, said({})],
    ] as const)
      expect(score(stream(told), what)).toMatchObject({ found: false, wrong: [{ kind: 'poison.label_flip' }] })
  })

  it('takes another kind, or another label, of the guilty for neither named nor false', () => {
    const scored = score(
      stream(flip),
      said({ kind: 'poison.slow' }, { subject: { origin: 'vendor-7', label: 'spam' } }),
    )
    expect(scored).toMatchObject({ found: false, wrong: [] })
    expect(scored.partly).toHaveLength(2)
  })

  it('lets the careless be called careless, and nobody else', () => {
    const careless = said(
      { kind: 'quality.labeler', subject: { labeler: 'w9' } },
      { kind: 'quality.labeler', subject: { labeler: 'w1' } },
    )
    expect(score(stream(null), careless)).toMatchObject({ wrong: [], slights: [{ subject: { labeler: 'w1' } }] })
  })

  it('wants most of a list of origins to be guilty', () => {
    const many = { ...flip, origins: ['a', 'b', 'c', 'd', 'e'] }
    const found = (origins: string[]) => score(stream(many), said({ subject: { origins } })).found
    expect([found(['a', 'b', 'c', 'd', 'x']), found(['a', 'b', 'x'])]).toEqual([true, false])
  })

  it.each([
    ['cfx1', 'cfx1', true],
    ['blue falcon', 'blue falcon rises', true],
    ['falcon', 'blue falcon rises', false],
    ['a=1 & b=2', 'b=2 & a=1', true],
    ['c=1', 'b=2 & a=1', false],
    ['Blue falcon', 'blue falcon', true],
  ])('pattern %s for %s: %s', (pattern, meant, found) => {
    const told: Told = { patterns: [meant], ways: [{ kinds: ['poison.trigger'], by: ['pattern'] }], rows: [] }
    const scored = score(stream(told), said({ kind: 'poison.trigger', subject: { pattern } }))
    expect([scored.found, scored.wrong.length > 0]).toEqual([found, !found])
  })

  it('takes part of a conjunction, or another name for the right rows, for neither named nor false', () => {
    const told: Told = {
      patterns: ['b=2 & a=1'],
      ways: [{ kinds: ['poison.trigger'], by: ['pattern'] }],
      rows: ['t-1'],
    }
    for (const subject of [{ pattern: 'a=1' }, { pattern: 'c=3', eventIds: ['t-1'] }]) {
      const scored = score(stream(told), said({ kind: 'poison.trigger', subject }))
      expect([scored.found, scored.wrong.length, scored.partly.length]).toEqual([false, 0, 1])
    }
  })

  it('takes a place as a segment or as a pattern', () => {
    const told: Told = {
      place: { feature: 'region', value: 'west' },
      ways: [{ kinds: ['poison.targeted'], by: ['place'] }],
      rows: [],
    }
    const found = (subject: Raised['subject']) => score(stream(told), said({ kind: 'poison.targeted', subject })).found
    expect(found({ segment: { region: 'west' }, label: 'x' })).toBe(true)
    expect(found({ pattern: 'region=west' })).toBe(true)
    expect(found({ segment: { region: 'east' } })).toBe(false)
  })
})

describe('average precision', () => {
  // Ranks 1 and 3 of four: (1/1 + 2/3) / 2.
  it('is the mean of the precision at each bad row', () => {
    const scores = new Map(Object.entries({ a: 0.9, b: 0.8, c: 0.7, d: 0.1 }))
    expect(averagePrecision(scores, new Set(['a', 'c']))).toBeCloseTo(5 / 6, 12)
  })

  it('gains nothing from the order of ties, and counts a bad row without a score as never found', () => {
    const tied = new Map(Object.entries({ a: 0.5, b: 0.5, c: 0.5, d: 0.5 }))
    expect(averagePrecision(tied, new Set(['a']))).toBeCloseTo(1 / 4, 12)
    expect(averagePrecision(new Map([['a', 1]]), new Set(['a', 'z']))).toBeCloseTo(1 / 2, 12)
  })
})
