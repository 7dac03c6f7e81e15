import { modestyOf, noteUsual, type Usual, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { type Record, startRecord } from './record'

/** Records of one kind of person, at most 4,096; a new one takes the place of the one idle longest among those with nothing against them. */
export interface Records {
  byId: Map<string, Record>
  careless: number
  tilt: number
  until: number
  wrong: number
  expected: number
}

export const mostRecords = 4096
const mostLooks = 64
const evident = 1
const usualEvery = 512

export const startRecords = (): Records => ({ byId: new Map(), ...unknown, until: usualEvery, wrong: 0, expected: 0 })

export function recordOf(records: Records, kind: Record['kind'], id: string, most = mostRecords): Record | null {
  const { byId } = records
  const known = byId.get(id)
  if (known) {
    byId.delete(id)
    byId.set(id, known)
    return known
  }
  if (byId.size >= most && !makePlace(byId)) return null
  const record = startRecord(kind, id)
  byId.set(id, record)
  return record
}

/** What is usual here. Asked once a row, which is then noted. */
export function usualHere(records: Records, expected: number, wrong: boolean): Usual {
  if (records.until-- <= 0) {
    Object.assign(records, usualCareless(records.byId.values()))
    records.until = usualEvery
  }
  const usual = { careless: records.careless, tilt: records.tilt, modesty: modestyOf(records) }
  noteUsual(records, expected, wrong)
  return usual
}

function makePlace(byId: Map<string, Record>): boolean {
  let looks = 0
  for (const [id, record] of byId) {
    byId.delete(id)
    if (!record.said && record.gain < evident) return true
    byId.set(id, record)
    if (++looks >= mostLooks) return false
  }
  return false
}
