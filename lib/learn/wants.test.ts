import { describe, expect, it } from 'vitest'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { flipStream } from '@/test/fixture/flip-stream'
import { everything, type Wants, wantsOf } from './wants'

const rows = flipStream('wants', 1500, 5)

/** Chances of each row's own label, and how many places the last row lies in. */
function run(wants: Wants) {
  const state = startLearner({ config: {}, golden: [] })
  const learner = learnerOf(state, wants)
  const chances: (number | null)[] = []
  let places = 0
  for (const arrival of rows) {
    const witness = learner.witness(arrival)
    chances.push(witness.judged && (witness.judged.p[witness.y] as number))
    places = witness.lies.places
    learner.settle()
  }
  return { chances, places, recent: state.recent }
}

describe('what detectors want of the learner', () => {
  const [all, none] = [run(everything), run(new Set())]

  it('decides what is worked out', () => {
    expect(all.places).toBeGreaterThan(0)
    expect(none.places).toBe(0)
    expect(none.recent.place.every((place) => place === -1)).toBe(true)
    expect(none.recent.point.every(Number.isNaN)).toBe(true)
  })

  it('changes nothing of what is judged and learned', () => {
    expect(none.chances).toEqual(all.chances)
    expect({ ...none.recent, place: null, point: null }).toEqual({ ...all.recent, place: null, point: null })
  })

  it('is what any of them wants', () => {
    expect([...wantsOf([{ wants: ['places'] }, {}, { wants: ['places', 'influence'] }])]).toEqual([
      'places',
      'influence',
    ])
  })
})
