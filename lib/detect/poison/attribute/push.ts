import { type Recent, since } from '@/lib/learn/place/recent'

/**
 * How hard labels are pushed: a share q of the rows takes the label whatever the row says. Against no push a row's likelihood ratio is
 * 1 − q where it was missed and 1 + q(1 − p)/p where it was hit, p being the learner's chance of a hit.
 */
export const pushes = [0.05, 0.12, 0.25, 0.4, 0.6, 0.8, 0.95] as const

/** The least push that is held against a source: index in `pushes`. */
export const leastPush = 2

/** Log-likelihood ratio of each push, over some rows. */
export interface Pushed {
  rows: number
  hits: number
  /** Hits that an honest source would show. Of rows that were missed the learner's chance is not known here: the disagreement bounds it. */
  logs: Float64Array
}

export const notPushed = (): Pushed => ({ rows: 0, hits: 0, logs: new Float64Array(pushes.length) })

export function addRow(to: Pushed, hit: boolean, p: number): void {
  to.rows++
  if (hit) to.hits++
  for (let k = 0; k < pushes.length; k++) {
    const q = pushes[k] as number
    to.logs[k] = (to.logs[k] as number) + Math.log(hit ? 1 + (q * (1 - p)) / p : 1 - q)
  }
}

export function addPushed(to: Pushed, other: Pushed): void {
  to.rows += other.rows
  to.hits += other.hits
  for (let k = 0; k < pushes.length; k++) to.logs[k] = (to.logs[k] as number) + (other.logs[k] as number)
}

/** The likeliest push, 0 where none is likelier than no push, and its log-likelihood ratio. */
export function bestPush({ logs }: Pushed): { push: number; log: number } {
  let best = { push: 0, log: 0 }
  for (let k = 0; k < pushes.length; k++) {
    if ((logs[k] as number) > best.log) best = { push: pushes[k] as number, log: logs[k] as number }
  }
  return best
}

/** The class that labels are pushed to, or `anyWay`: then every label that is not the learner's favourite is a hit. */
export type Towards = number
export const anyWay: Towards = -1

/** Slots of the rows since a line that could be hit at all: the learner's favourite is another class. */
export function touchedSince(recent: Recent, towards: Towards, sinceIndex: number): number[] {
  const rows: number[] = []
  for (const at of since(recent, sinceIndex)) if (recent.favourite[at] !== towards) rows.push(at)
  return rows
}

export const hitAt = (recent: Recent, towards: Towards, at: number): boolean =>
  recent.y[at] !== recent.favourite[at] && (towards === anyWay || recent.y[at] === towards)

export function addSlot(to: Pushed, recent: Recent, towards: Towards, at: number): void {
  addRow(to, hitAt(recent, towards, at), (towards === anyWay ? recent.disagree[at] : recent.own[at]) as number)
}

export function pushedOf(recent: Recent, towards: Towards, rows: readonly number[]): Pushed {
  const pushed = notPushed()
  for (const at of rows) addSlot(pushed, recent, towards, at)
  return pushed
}
