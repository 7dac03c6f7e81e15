import { inCompany } from '@/lib/detect/poison/attribute/in-company'
import type { Recent } from '@/lib/learn/place/recent'
import type { CrowdState } from './charge'
import type { Member } from './member'

/** Members with fewer rows are asked about together. */
const fewRows = 20

/** Those whose wrong rows lie where others send rows too: who alone serves a place cannot be compared with anybody (../attribute/in-company.ts). */
export function notAlone(recent: Recent, { wrong, crowd }: CrowdState, named: readonly Member[]): Member[] {
  const lines = new Set(wrong.rows.map(({ index }) => index))
  const who = crowd.rules.areLabelers ? recent.labeler : recent.origin
  const small = named.filter(({ since }) => since < fewRows)
  const areSmallAlone = small.length > 0 && areAlone(recent, who, lines, small)
  return named.filter((member) => (member.since < fewRows ? !areSmallAlone : !areAlone(recent, who, lines, [member])))
}

function areAlone(recent: Recent, who: Int32Array, lines: ReadonlySet<number>, members: readonly Member[]): boolean {
  const numbers = new Set(members.map(({ number }) => number))
  const asked = {
    who,
    isTheirs: (number: number) => numbers.has(number),
    sinceIndex: Math.min(...members.map(({ onsetIndex }) => onsetIndex)),
    isTouched: () => true,
    isBad: (at: number) => lines.has(recent.index[at] as number),
  }
  return inCompany(recent, asked) === null
}
