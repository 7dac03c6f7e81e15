/**
 * How much evidence honest groups of near copies gather in this stream: bursts, templates and raters of one item make their own. The evidence of one
 * group is divided (its e-values tempered) by the scale of an exponential tail that fits the others: mean, second moment and greatest.
 * A right null makes a tail of scale 1 at most (Ville), so a calm stream tempers nothing.
 */
export interface Shown {
  groups: number
  sum: number
  squares: number
  /** Greatest and second greatest, and the group of the greatest. */
  most: number
  second: number
  mostOf: number
}

/** What the groups have shown by now, by the row before the last 1,024, and before that one: a flood of many templates must not make one another usual. */
export interface UsualTail extends Shown {
  lately: Shown | null
  before: Shown | null
}

const lagRows = 1024

export const startTail = (): UsualTail => ({
  groups: 0,
  sum: 0,
  squares: 0,
  most: 0,
  second: 0,
  mostOf: -1,
  lately: null,
  before: null,
})

/** Call for each row, before it is weighed. */
export function ageTail(tail: UsualTail, row: number): void {
  if (row === 0 || row % lagRows !== 0) return
  const { groups, sum, squares, most, second, mostOf } = tail
  tail.before = tail.lately
  tail.lately = { groups, sum, squares, most, second, mostOf }
}

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
  forget(tail, group, its)
  if (tail.lately) forget(tail.lately, group, its)
  if (tail.before) forget(tail.before, group, its)
}

function forget(tail: Shown, group: number, its: number): void {
  tail.groups = Math.max(0, tail.groups - 1)
  tail.sum = Math.max(0, tail.sum - its)
  tail.squares = Math.max(0, tail.squares - its * its)
  if (group !== tail.mostOf) return
  tail.most = tail.second
  tail.mostOf = -1
}

/** Groups that end keep their part; their number may be given to another. */
export function closeInTail(tail: UsualTail, group: number): void {
  if (group === tail.mostOf) tail.mostOf = -1
  if (tail.lately && group === tail.lately.mostOf) tail.lately.mostOf = -1
  if (tail.before && group === tail.before.mostOf) tail.before.mostOf = -1
}

const priorGroups = 8

/** Scale of the tail of all groups but this one, which has shown `its` nats; 1 at least. */
export function tailScale(now: UsualTail, group: number, its: number): number {
  const tail = now.before ?? now
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
  Math.max(tailScale(tail, group, its), mostOther(tail.before ?? tail, group) / 2)

const mostOther = (tail: Shown, group: number): number => (group === tail.mostOf ? tail.second : tail.most)
