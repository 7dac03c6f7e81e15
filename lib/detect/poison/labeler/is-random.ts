import type { Person } from './person'

const fewRows = 20
const mostTimes = 4

/** Do his errors fall on rows of every class? One who turns a class only pulls somewhere. Where there are few of the others, it is taken for random. */
export function isRandom({ usual, unusual }: Pick<Person, 'usual' | 'unusual'>): boolean {
  if (usual[0] < fewRows || unusual[0] < fewRows) return true
  const a = (usual[1] + 1) / (usual[0] + 2)
  const b = (unusual[1] + 1) / (unusual[0] + 2)
  return a < mostTimes * b && b < mostTimes * a
}
