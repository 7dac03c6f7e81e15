import { expect, it } from 'vitest'
import type { Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream, turn } from '@/test/fixture/flip-stream'

const init = { model: 'made', config: {}, golden: [] }

function accusedOf(rows: ReturnType<typeof flipStream>) {
  const learner = learnerOf(startLearner(init))
  const ctx: Context = {
    ...init,
    mass: () => 1 / 20_000,
    frame: framesOf(startFrame({})),
    uniform: hashUniform,
    learner,
  }
  return labelFlip
    .update(labelFlip.init(labelFlip.params, init), rows, ctx)
    .alarms.map(({ subject }) => [subject.labeler ?? subject.origin, subject.label])
}

/** Twelve labelers of one platform who err in 3 to 18 % of their rows, some of them leaning to a class. @param yes how often a labeler approves whatever he sees. */
const crowd = (seed: string, yes: (labeler: number, index: number) => number) =>
  flipStream(seed, 9000, 1, (row, u) => {
    const at = Math.floor(u * 12)
    const draw = hashUniform(`${seed} errs`, row.index)
    const errs = draw < 0.03 + 0.15 * hashUniform(`${seed} skill`, at)
    const says = hashUniform(`${seed} yes`, row.index) < yes(at, row.index)
    return { labeler: `w${at}`, label: says ? 'approve' : errs ? turn(row.label) : row.label }
  })

it('who has nearly always approved, from his first row on, is nobody’s enemy', () => {
  // At ten times the usual budget.
  for (const seed of ['a', 'b', 'c', 'd'])
    expect(accusedOf(crowd(seed, (at) => (at < 2 ? 0.8 : at < 4 ? 0.5 : 0)))).toEqual([])
}, 60_000)

it('who begins to, is', () => {
  expect(accusedOf(crowd('begins', (at, index) => (at === 3 && index > 5000 ? 0.9 : 0)))).toEqual([['w3', 'approve']])
}, 60_000)
