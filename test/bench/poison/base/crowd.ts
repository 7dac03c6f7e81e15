import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { dealer } from './sources'
import { text } from './text'

/** Ten to twenty answers an item by workers of unequal skill; a few of them answer at random from the first day, which is careless and no crime. */
export const crowd: BaseMaker = {
  name: 'crowd',
  real: false,
  make(seed) {
    const random = seededRandom(`poison crowd ${seed}`)
    const told = text.make(`crowd ${seed}`)
    const labels = [...new Set(told.clean.map((row) => String(row.label)))].sort()
    const perItem = 10 + random.below(8)
    const workers = Array.from({ length: 60 + random.below(60) }, (_, w) => ({
      id: `w${String(w + 1).padStart(3, '0')}`,
      skill: random.chance(0.05) ? 1 / labels.length : 0.72 + 0.26 * random.uniform(),
      bias: random.pick(labels),
    }))
    const deal = dealer(
      random,
      workers.map((_, w) => (w + 3) ** -0.7),
    )
    const platforms = ['mturk', 'inhouse', 'panel']
    const open: { row: Row; left: number; said: Set<number> }[] = []
    let next = 0
    const make = (): Row => {
      while (open.length < 120) {
        const row = (told.clean[next % told.clean.length] ?? told.clean[0]) as Row
        open.push({
          row: { ...row, text: next < told.clean.length ? (row.text ?? '') : `${row.text} .` },
          left: perItem,
          said: new Set(),
        })
        next++
      }
      const at = random.below(open.length)
      const task = open[at] as (typeof open)[number]
      let w = deal()
      while (task.said.has(w)) w = deal()
      task.said.add(w)
      if (--task.left === 0) open.splice(at, 1)
      const worker = workers[w] as (typeof workers)[number]
      const truth = String(task.row.label)
      // Who errs leans to a favourite answer of his; who answers at random does not read even that far.
      const leans = worker.skill > 0.6 && random.chance(0.5)
      const label = random.chance(worker.skill) ? truth : leans ? worker.bias : random.pick(labels)
      return {
        model: 'crowd',
        origin: { id: platforms[w % platforms.length] as string, kind: 'platform' },
        labeler: worker.id,
        features: { channel: task.row.features.channel ?? '' },
        text: task.row.text ?? '',
        label,
      }
    }
    const rows = Array.from({ length: rowsOfFeed }, make)
    return {
      name: 'crowd',
      real: false,
      feed: asFeed(rows),
      clean: told.clean.slice(0, cleanRows).map((row) => ({ ...row, model: 'crowd' })),
      config: { task: 'classification' },
      careless: workers.filter((worker) => worker.skill < 0.6).map((worker) => worker.id),
    }
  },
}
