import { expect, it } from 'vitest'
import { flood } from './flood'
import { drive, feedOf, tenOrigins } from './test-feed'

const letters = [...'のにはをたがでてとしれさある日一国会人年大十二本中長出三同時政事自行社']
const sentence = (u: (lane: number) => number, from = 20) =>
  Array.from({ length: 24 }, (_, w) => letters[Math.floor(letters.length * u(from + w) ** 1.5)] as string)
const text = [...'今日だけ無料で電話を差し上げますここを押して友達にも知らせて']
/** One letter of the text is another. */
const near = (u: (lane: number) => number) =>
  text.map((letter, w) => (w === Math.floor(text.length * u(3)) ? letters[Math.floor(30 * u(4))] : letter)).join('')

it('names who floods with a text that has no blanks between its words, and nobody in honest ones', () => {
  const row = (u: (lane: number) => number) => ({
    origin: tenOrigins(u(1)),
    features: {},
    text: sentence(u).join(''),
    label: u(2) < 0.5 ? 'a' : 'b',
  })
  const attacked = feedOf(3000, (t, u) =>
    t >= 2000 && t % 12 === 0 ? { ...row(u), origin: { id: 'bad', kind: 'vendor' }, text: near(u) } : row(u),
  )
  expect(drive(flood, attacked).alarms.map(({ subject }) => subject.origin)).toEqual(['bad'])
  expect(
    drive(
      flood,
      feedOf(3000, (_, u) => row(u)),
    ).alarms,
  ).toEqual([])
})
