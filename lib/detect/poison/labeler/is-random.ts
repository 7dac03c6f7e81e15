import type { Person, Side } from './person'

const fewRows = 20
const mostTimes = 3

/** Do his errors fall on rows of every class? One who turns a class only pulls somewhere. Where there are few of the others, it is taken for random. */
export function isRandom({ usual, unusual }: Pick<Person, 'usual' | 'unusual'>): boolean {
  if (usual[0] < fewRows || unusual[0] < fewRows) return true
  const [a, b] = [excessOf(usual), excessOf(unusual)]
  return a * mostTimes > b && b * mostTimes > a
}

const excessOf = ([rows, hits, expected]: Side) => (hits - expected) / Math.max(1, rows - expected)
