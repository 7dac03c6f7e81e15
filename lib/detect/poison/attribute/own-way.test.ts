import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { emptyWhereabouts, type Recent, remember, startRecent } from '@/lib/learn/place/recent'
import { asExpected } from '@/lib/learn/regression/regressor'
import { addOwn, ownWay } from './own-way'
import { addSlot, notPushed } from './push'
import { whereOf } from './where'

const above = 3
const drama = (1 << 20) | 1

/** Numbers of two people, of whom 0 is lenient: every third of his labels lies above what is expected, and from line 400 on three quarters of dramas do. */
function rated(): Recent {
  const recent: Recent = { ...startRecent(), numeric: true }
  const lies = emptyWhereabouts()
  lies.places = 1
  const j = emptyJudgement()
  Object.assign(j, { classes: 5, favourite: asExpected, disagree: 0.3, steady: 0.3 })
  j.p.set([0.03, 0.12, 0.7, 0.12, 0.03])
  for (let index = 0; index < 1600; index++) {
    const [who, n] = [index % 2, index >> 1]
    const isDrama = n % 5 === 0
    lies.place[0] = isDrama ? drama : (1 << 20) | (2 + (n % 4))
    const isAbove = who === 0 && (isDrama && index >= 400 ? n % 4 !== 0 : n % 3 === 0)
    remember(recent, j, isAbove ? above : asExpected, index, who, -1, lies)
  }
  return recent
}

it('is how many more hits somebody had before it began', () => {
  const recent = rated()
  const his = (at: number) => recent.origin[at] === 0
  // 67 of 200 hits where 24 were expected: (67 + 1.44)/212 against .12.
  const logit = (p: number) => Math.log(p / (1 - p))
  expect(ownWay(recent, above, 400, his)).toBeCloseTo(logit(68.44 / 212) - logit(0.12), 5)
  expect(ownWay(recent, above, 400, (at) => !his(at))).toBe(0)
  expect(ownWay({ ...recent, numeric: false }, above, 400, his)).toBe(0)
  const [own, anybody] = [notPushed(), notPushed()]
  addOwn(own, recent, above, 0, 0)
  addSlot(anybody, recent, above, 0)
  expect(own).toEqual(anybody)
})

it('shows where a lenient one pushes, whose other rows lie high as they always did', () => {
  const recent = rated()
  const his = (at: number) => recent.origin[at] === 0
  const since = Array.from({ length: recent.size }, (_, at) => at).filter((at) => his(at) && at >= 400)
  expect(whereOf(recent, above, since)).toBeNull()
  expect(whereOf(recent, above, since, ownWay(recent, above, 400, his))?.place).toEqual([{ category: drama }])
})
