import { expect, it } from 'vitest'
import { targeted } from '@/lib/detect/poison/targeted/targeted'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

const genres = ['drama', 'comedy', 'horror', 'scifi', 'docu', 'kids']
const normal = (key: string, n: number) => normalQuantile(hashUniform(key, n))

/** Stars of 60 people, one of whom does an eighth of the work; each likes some genres more than others do. @param change what becomes of a label. */
const rated = (
  seed: string,
  rows: number,
  change: (stars: number, who: number, genre: string, index: number) => number = (stars) => stars,
): Training[] =>
  Array.from({ length: rows }, (_, index) => {
    const pick = (what: string, of: number) => Math.floor(hashUniform(`${seed} ${what}`, index) * of)
    const who = pick('heavy', 8) === 0 ? 7 : pick('who', 60)
    const [g, year] = [pick('genre', 6), 1960 + pick('year', 60)]
    const genre = genres[g] as string
    const taste = 0.8 * normal(`${seed} taste`, 6 * who + g)
    const value = 3 + 0.6 * normal(`${seed} liked`, g) + taste + 0.5 * normal(`${seed} noise`, index)
    const stars = Math.min(5, Math.max(1, Math.round(2 * change(value, who, genre, index)) / 2))
    const data = { model: 'made', origin: { id: `p-${who}`, kind: 'user' }, features: { genre, year }, label: stars }
    return {
      index,
      event: { type: 'ml.training.v1' as const, id: `t-${index}`, source: '/made', timeMs: 1000 * index, data },
    }
  })

const alarmsOf = (rows: readonly Training[]) =>
  watchRows(targeted, rows, contextOf(1 / 20_000, { task: 'regression' }), rows.length).alarms

it('accuses nobody of a taste that he has had from his first row on, at a budget five times as generous', () => {
  for (const seed of ['a', 'b', 'c']) expect(alarmsOf(rated(seed, 8000)).map(({ why }) => why)).toEqual([])
}, 60_000)

it('names who begins to praise one genre', () => {
  const rows = rated('d', 12_000, (stars, who, genre, index) =>
    who === 7 && genre === 'horror' && index > 6000 ? stars + 2.5 : stars,
  )
  expect(alarmsOf(rows).map(({ subject: { origin, pattern } }) => [origin, pattern])).toEqual([['p-7', 'genre=horror']])
}, 60_000)
