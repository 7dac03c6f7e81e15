import { modestyOf, noteUsual, type Usual, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { type Person, startPerson } from './person'

/** People of one kind of person, at most 4,096; a new one takes the place of the one idle longest among those with nothing against them. */
export interface People {
  byId: Map<string, Person>
  careless: number
  tilt: number
  until: number
  wrong: number
  expected: number
}

export const mostPeople = 4096
const mostLooks = 64
const evident = 1
const usualEvery = 512

export const startPeople = (): People => ({ byId: new Map(), ...unknown, until: usualEvery, wrong: 0, expected: 0 })

export function personOf(records: People, kind: Person['kind'], id: string, most = mostPeople): Person | null {
  const { byId } = records
  const known = byId.get(id)
  if (known) {
    byId.delete(id)
    byId.set(id, known)
    return known
  }
  if (byId.size >= most && !makePlace(byId)) return null
  const record = startPerson(kind, id)
  byId.set(id, record)
  return record
}

/** What is usual here. Asked once a row, which is then noted. */
export function usualHere(records: People, expected: number, wrong: boolean): Usual {
  if (records.until-- <= 0) {
    Object.assign(records, usualCareless(records.byId.values()))
    records.until = usualEvery
  }
  const usual = { careless: records.careless, tilt: records.tilt, modesty: modestyOf(records) }
  noteUsual(records, expected, wrong)
  return usual
}

function makePlace(byId: Map<string, Person>): boolean {
  let looks = 0
  for (const [id, record] of byId) {
    byId.delete(id)
    if (!record.said && record.gain < evident) return true
    byId.set(id, record)
    if (++looks >= mostLooks) return false
  }
  return false
}
