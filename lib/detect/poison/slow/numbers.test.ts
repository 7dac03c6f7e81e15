import { expect, it } from 'vitest'
import { slowPoison } from '@/lib/detect/poison/slow/slow'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

/** Numbers of twenty vendors, of whom vendor-3 sends a tenth. @param off what is added to a label of his. */
const measured = (seed: string, off: (index: number, u: number) => number): Training[] =>
  Array.from({ length: 12_000 }, (_, index) => {
    const u = (what: string) => hashUniform(`${seed} ${what}`, index)
    const [x, y] = [u('x') * 4 - 2, u('y') * 4 - 2]
    const who = u('his') < 0.06 ? 3 : Math.floor(u('who') * 20)
    const value = x + 0.5 * y + 0.4 * normalQuantile(u('noise')) + (who === 3 ? off(index, u('off')) : 0)
    const label = Number(value.toFixed(3))
    const data = { model: 'made', origin: { id: `vendor-${who}`, kind: 'vendor' }, features: { x, y }, label }
    return {
      index,
      event: { type: 'ml.training.v1' as const, id: `t-${index}`, source: '/made', timeMs: 1000 * index, data },
    }
  })

const alarmsOf = (rows: readonly Training[]) =>
  watchRows(slowPoison, rows, contextOf(1 / 300_000, { task: 'regression' }), rows.length).alarms

it('accuses nobody of numbers that he has always measured badly', () => {
  for (const seed of ['a', 'b', 'c'])
    expect(alarmsOf(measured(seed, (_, u) => 1.5 * normalQuantile(u))).map(({ why }) => why)).toEqual([])
}, 60_000)

it('names who begins to, the other way about', () => {
  const rows = measured('d', (index, u) => (index < 7000 ? 0 : 1.5 * normalQuantile(u)))
  expect(alarmsOf(rows).map(({ subject }) => subject.origin)).toEqual(['vendor-3'])
}, 60_000)
