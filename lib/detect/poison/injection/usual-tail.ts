/**
 * How much evidence honest groups of near copies gather in this stream: bursts, templates and raters of one item make their own. The evidence of one
 * group is divided (its e-values tempered) by the scale of an exponential tail that fits the others: mean, second moment and greatest.
 * A right null makes a tail of scale 1 at most (Ville), so a calm stream tempers nothing.
 */
export interface UsualTail {
  groups: number
  sum: number
  squares: number
  /** Greatest and second greatest, and the group of the greatest. */
  most: number
  second: number
  mostOf: number
}

export const startTail = (): UsualTail => ({ groups: 0, sum: 0, squares: 0, most: 0, second: 0, mostOf: -1 })

/** A group's greatest evidence so far rose from `was` to `now`, in nats. */
export function raiseTail(tail: UsualTail, group: number, was: number, now: number): void {
  tail.sum += now - was
  tail.squares += now * now - was * was
  if (group === tail.mostOf) tail.most = Math.max(tail.most, now)
  else if (now > tail.most) {
    tail.second = tail.most
    tail.most = now
    tail.mostOf = group
  } else tail.second = Math.max(tail.second, now)
}

/** What a group showed is explained: an accused one is no example. */
export function forgetInTail(tail: UsualTail, group: number, its: number): void {
  tail.groups--
  tail.sum = Math.max(0, tail.sum - its)
  tail.squares = Math.max(0, tail.squares - its * its)
  if (group !== tail.mostOf) return
  tail.most = tail.second
  tail.mostOf = -1
}

/** Groups that end keep their part; their number may be given to another. */
export const closeInTail = (tail: UsualTail, group: number): void => {
  if (group === tail.mostOf) tail.mostOf = -1
}

const priorGroups = 8

/** Scale of the tail of all groups but this one, which has shown `its` nats; 1 at least. */
export function tailScale(tail: UsualTail, group: number, its: number): number {
  const others = Math.max(0, tail.groups - 1)
  const n = others + priorGroups
  const mean = Math.max(0, tail.sum - its) / n
  const second = Math.sqrt(Math.max(0, tail.squares - its * its) / n / 2)
  return Math.max(1, mean, second, mostOther(tail, group) / Math.log(2 + others))
}

/**
 * The same of a tail that is heavy: some senders write a hundred times as much as others, and each by his template, so that the next may show several
 * times what the greatest did.
 */
export const heavyScale = (tail: UsualTail, group: number, its: number): number =>
  Math.max(tailScale(tail, group, its), mostOther(tail, group) / 2)

const mostOther = (tail: UsualTail, group: number): number => (group === tail.mostOf ? tail.second : tail.most)
