import { expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { rankedCsv } from './csv'
import { lookBack } from './look-back'
import { neighbourVotes } from './neighbours'

const n = 400
const turned = Array.from({ length: n }, (_, i) => hashUniform('turned', i) < 0.1)
const labelOf = (i: number, yes: boolean) => (yes !== (turned[i] as boolean) ? 'yes' : 'no')
const found = (rows: readonly ({ score: number } | null)[]) => {
  const order = [...rows.keys()].sort((a, b) => (rows[b]?.score ?? 0) - (rows[a]?.score ?? 0))
  // 39 of the 400 labels are turned: at random 4 of the first 39 would be.
  return order.slice(0, 39).filter((i) => turned[i]).length
}

it('ranks turned labels first among rows of numbers, by a forest', async () => {
  const rows = turned.map((_, i) => {
    const [x, y] = [hashUniform('x', i), hashUniform('y', i)]
    return { row: { features: { x, y } }, label: labelOf(i, x > y) }
  })
  const looked = await lookBack(rows)
  expect(looked).toMatchObject({ views: ['forest'], cannot: null })
  expect(found(looked.rows)).toBeGreaterThanOrEqual(28)
  const worst = looked.rows.find((said) => (said?.score ?? 0) > 0.9)
  expect(worst?.reasons[0]).toMatch(/^trees that had not seen it hold its label for wrong: 9\d %$/)
})

it('ranks them first among embeddings, by their neighbours too', async () => {
  const rows = turned.map((_, i) => {
    const side = hashUniform('side', i) < 0.5 ? 1 : -1
    const embedding = Array.from(
      { length: 100 },
      (_, d) => side * (d < 4 ? 1 : 0) + 0.6 * (hashUniform(`e${d}`, i) - 0.5),
    )
    return { row: { embedding }, label: labelOf(i, side > 0) }
  })
  const looked = await lookBack(rows)
  expect(looked.views).toContain('neighbours')
  expect(found(looked.rows)).toBeGreaterThanOrEqual(37)
})

it('ranks them first among texts, by a learner of the others', async () => {
  const words = { yes: ['good', 'fine', 'love'], no: ['bad', 'awful', 'hate'] }
  const rows = turned.map((_, i) => {
    const yes = hashUniform('mood', i) < 0.5
    const mood = words[yes ? 'yes' : 'no'][Math.floor(3 * hashUniform('word', i))]
    return { row: { text: `it is ${mood} thing ${Math.floor(40 * hashUniform('about', i))}` }, label: labelOf(i, yes) }
  })
  const looked = await lookBack(rows)
  expect(looked.views).toEqual(['learner'])
  expect(found(looked.rows)).toBeGreaterThanOrEqual(36)
  const worst = looked.rows[turned.indexOf(true)]
  expect(worst?.reasons[0]).toMatch(/^a learner of the other rows gives its label \d+ %, and says (yes|no)$/)
})

it('says why it can say nothing', async () => {
  const row = { features: { x: 1 } }
  const same = Array.from({ length: 80 }, () => ({ row, label: 'a' }))
  expect((await lookBack(same.slice(0, 10))).cannot).toBe('10 training rows: at least 60 are compared')
  expect((await lookBack(same)).cannot).toBe('all of these rows have one label')
  expect((await lookBack(same.map((one, i) => ({ ...one, label: i })))).cannot).toMatch(/^80 different labels/)
  expect((await lookBack(same.map((_, i) => ({ row: {}, label: i % 2 })))).cannot).toMatch(/neither features/)
})

it('asks no neighbours where there are hardly any', () => {
  expect(neighbourVotes([[1, 0], [0, 1], null], ['a', 'b', 'a'])).toEqual([null, null, null])
})

it('writes a list for a spreadsheet, and no formula into it', () => {
  const record = {
    eventId: 't-1',
    source: '/f',
    type: 'x',
    topic: 'a',
    partition: 0,
    offset: 7,
    time: '2026-11-01T00:00:00Z',
    data: {},
  }
  const items = [{ ...record, origin: '=cmd()', label: 'a "b", c', score: 0.91, reasons: ['one', 'two'] }]
  const about = { compared: 1, from: null, to: null, views: [], cannot: null, expectedWrong: 1, tookMs: 1 }
  expect(rankedCsv({ ...about, items })).toBe(
    'suspicion,event_id,source,topic,partition,offset,time,origin,label,reasons\r\n' +
      `0.91,t-1,/f,a,0,7,2026-11-01T00:00:00Z,'=cmd(),"a ""b"", c",one; two\r\n`,
  )
})
