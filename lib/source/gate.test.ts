import { expect, it } from 'vitest'
import { type Known, openGate, pass, worstOf } from './gate'

const known = (origin: string, rows: number, over: Partial<Known> = {}): Known => ({
  origin,
  rows,
  trust: 0,
  audited: 0,
  state: 'ok',
  reach: null,
  ...over,
})
const nobody = new Map<string, string>()

it('lets whom nobody has looked at in up to a fiftieth of the rows, and says so beyond', () => {
  const gate = openGate(10_000, [known('a', 195)], [], nobody)
  const verdicts = Array.from({ length: 10 }, () => pass(gate, 'a').admit)
  // After five more rows it has 200 of 10,005: one more would be 201 of 10,006, and 2 % of those are 200.12.
  expect(verdicts).toEqual([true, true, true, true, true, false, false, false, false, false])
  expect(pass(gate, 'a').reasons).toEqual([
    'a would supply more than 2 % of the rows, the quota of whom nobody has looked at',
  ])
  expect(pass(gate, 'unheard-of')).toEqual({ admit: true, reasons: [], alertId: null })
})

it('gives more room to who was looked at: .02 + .48 · trust', () => {
  const gate = openGate(10_000, [known('a', 2000, { trust: 0.5, audited: 50 })], [], nobody)
  expect(pass(gate, 'a').admit).toBe(true)
})

it('holds whoever is accused, and everybody to nothing while a model is young', () => {
  const gate = openGate(10_000, [known('a', 10), known('b', 10, { state: 'poisoning' })], [], new Map([['a', 'a-1']]))
  expect(pass(gate, 'a')).toEqual({ admit: false, reasons: ['a is held for poisoning'], alertId: 'a-1' })
  expect(pass(gate, 'b')).toMatchObject({ admit: false, alertId: null })
  expect(pass(openGate(500, [known('a', 499)], [], nobody), 'a')).toMatchObject({
    admit: true,
    reasons: ['of fewer than 1000 rows nobody is held to a share'],
  })
})

it('gives sources that look like one hand one quota', () => {
  const hands = Array.from({ length: 20 }, (_, i) => known(`acct-${i}`, 12))
  const ids = hands.map(({ origin }) => origin)
  expect(pass(openGate(10_000, hands, [], nobody), 'acct-3').admit).toBe(true)
  // Together they have 240 rows of 10,000.
  expect(pass(openGate(10_000, hands, [ids], nobody), 'acct-3').reasons).toEqual([
    '20 sources that look like one hand would supply more than 2 % of the rows, the quota of whom nobody has looked at',
  ])
})

it('gives all newcomers together what is usually theirs, by Good–Turing', () => {
  const old = Array.from({ length: 50 }, (_, i) => known(`vendor-${i}`, 190))
  // 500 of 10,000 rows are of sources of ten rows: of the next 400, 20 and two standard errors (4.36 each) are, and one.
  const small = Array.from({ length: 50 }, (_, i) => known(`guest-${i}`, 10))
  const gate = openGate(10_000, [...old, ...small], [], nobody)
  const verdicts = Array.from({ length: 400 }, (_, i) => pass(gate, i % 2 ? `fresh-${i}` : `vendor-${i % 50}`))
  expect(verdicts.filter(({ admit }) => !admit)).toHaveLength(200 - 29)
  expect(verdicts.at(-1)?.reasons).toEqual(['newcomers together would supply more than their usual 5 % of the rows'])
  // Where everybody writes once, so may the next.
  const students = Array.from({ length: 5000 }, (_, i) => known(`student-${i}`, 2))
  const terms = openGate(10_000, students, [], nobody)
  expect(Array.from({ length: 400 }, (_, i) => pass(terms, `fresh-${i}`).admit)).not.toContain(false)
  // Whom people have looked at is no newcomer.
  const known2 = Array.from({ length: 100 }, (_, i) => known(`seen-${i}`, 1, { audited: 5 }))
  const audited = openGate(10_000, [...old, ...known2], [], nobody)
  expect(known2.map(({ origin }) => pass(audited, origin).admit)).not.toContain(false)
})

it('states the worst that can come of it: the sum of what each could do, held to its cap', () => {
  const of = (audited: number, worstCaseHeld: number | null) => ({
    audited,
    cap: { share: 0.02, over: 0, worstCase: null, worstCaseHeld },
  })
  expect(worstOf([of(0, 0.1), of(0, 0.2), of(30, 0.5), of(0, null)])).toEqual({
    newcomers: expect.closeTo(0.3),
    all: expect.closeTo(0.8),
  })
  expect(worstOf([of(0, null)])).toEqual({ newcomers: null, all: null })
})
