import { expect, it } from 'vitest'
import { emptyActive } from '@/lib/learn/inputs/inputs'
import type { Witness } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { gather } from './gather'
import { type SybilState, startSybilState } from './state'
import type { Tie } from './ties'

interface Sent {
  readonly id: string
  /** Learner inputs; rows of their own by default. */
  readonly inputs?: readonly number[]
  readonly point?: readonly number[]
}

/** What `gather` reads of a row, and no label. */
function witnessOf({ inputs, point }: Sent, row: number): Witness {
  const active = emptyActive()
  const own = inputs ?? Array.from({ length: 40 }, (_, i) => Math.floor(65_536 * hashUniform(`input ${i}`, row)))
  for (const index of own) {
    active.index[active.count] = index
    active.value[active.count++] = 1
  }
  const at = Float32Array.from(point ?? Array.from({ length: 12 }, (_, d) => hashUniform(`point ${d}`, row) - 0.5))
  return { judged: {}, testifies: true, active, lies: { hasPoint: true, point: at } } as unknown as Witness
}

function send(rows: readonly Sent[]): SybilState {
  const state = startSybilState()
  for (const [row, sent] of rows.entries())
    gather(state, sent.id, row, witnessOf(sent, row), { text: 'a text', embedding: [1, 2] })
  return state
}
const membersOf = (state: SybilState, tie: Tie) =>
  [...state.clusters.byKey.values()]
    .filter((cluster) => cluster.tie === tie && cluster.members.size > 1)
    .map(({ members }) => [...members.keys()].sort())

/** 200 accounts that write as they please, for 6,000 rows; all of them are there within the first 1,000. */
const honest = Array.from({ length: 6000 }, (_, row): Sent => {
  const who = row < 200 ? row : Math.floor(200 * hashUniform('who', row))
  return { id: `a${who}` }
})
const hand = ['a3', 'a50', 'a77', 'a120']

it('ties nobody where all write as they please, and nobody who was there from the first', () => {
  const state = send(honest)
  for (const tie of ['born', 'together', 'copies', 'near'] as const) expect(membersOf(state, tie)).toEqual([])
})

it('ties who is first seen within 300 rows, after the first 1,000', () => {
  const rows = honest.map((sent, row) =>
    row === 3000 || row === 3100 || row === 3250 || row === 3400 ? { id: `new-${row}` } : sent,
  )
  expect(membersOf(send(rows), 'born')).toEqual([['new-3000', 'new-3100', 'new-3250']])
})

it('ties who comes to life together, again and again, and not the one who answers once', () => {
  const quiet = ['q1', 'q2', 'q3', 'q4']
  const rows = honest.map((sent, row) => {
    const since = (row - 300) % 700
    if (row === 4444) return { id: 'q9' }
    return row >= 300 && since < quiet.length ? { id: quiet[since] as string } : sent
  })
  expect(membersOf(send(rows), 'together')).toEqual([quiet])
})

it('ties who repeats one another', () => {
  const said = Array.from({ length: 30 }, (_, i) => 100 * i + 7)
  const rows = honest.map((sent, row): Sent => {
    const at = row % 150
    return row > 1000 && at < 120 && at % 30 === 0
      ? { id: hand[at / 30] as string, inputs: [...said.slice(1), row] }
      : sent
  })
  expect(membersOf(send(rows), 'copies')).toEqual([hand.toSorted()])
})

it('ties nobody by copies where everybody repeats everybody', () => {
  const rows = honest.map((sent, row) => ({ ...sent, inputs: [1, 2, 3, row % 40].map((k) => 1000 * k + 5) }))
  expect(membersOf(send(rows), 'copies')).toEqual([])
})

it('ties whose rows lie at one place of the embedding', () => {
  const place = Array.from({ length: 12 }, (_, d) => (d % 2 ? 2 : -2))
  const rows = honest.map((sent, row): Sent => {
    const at = row % 150
    return row > 1000 && at < 120 && at % 30 === 0 ? { id: hand[at / 30] as string, point: place } : sent
  })
  expect(membersOf(send(rows), 'near')).toEqual([hand.toSorted()])
})

it('goes on from a copy of its state as if nothing had happened', () => {
  const rows = honest.map((sent, row) => (row % 700 < 4 ? { id: hand[row % 700] as string } : sent))
  const whole = send(rows)
  let state = startSybilState()
  for (const [row, sent] of rows.entries()) {
    if (row % 997 === 0) state = structuredClone(state)
    gather(state, sent.id, row, witnessOf(sent, row), { text: 'a text', embedding: [1, 2] })
  }
  expect(state).toEqual(whole)
})
