import { beliefIn } from '@/lib/detect/poison/row-suspicion'

/** Nats against its group at which a copy is as likely to be part of a flood as not: groups are few, and what is usual here is taken off before. */
const evenNats = 4
/** What they say at most while nobody is accused, and after it. */
const most = 0.95
const accused = 0.97

/**
 * Suspicion of a row that is a near copy of others.
 * @param evidence against its group, in false incidents: 1 suffices. @param mass of the row, with which evidence begins. @param isAccused whether the group was.
 */
export function suspicionOfCopy(evidence: number, mass: number, isAccused: boolean): number {
  if (isAccused) return accused
  return mass > 0 ? most * beliefIn(Math.log(evidence / mass), evenNats) : 0
}
