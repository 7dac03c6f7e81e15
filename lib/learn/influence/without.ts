import type { Subject } from '@/lib/alert/finding'
import { numberOf } from '@/lib/learn/place/recent'
import { width } from './compact'
import { expandRow, predict } from './expand'
import { lastFactor, totalOf, weightsOf } from './fit'
import type { Influence } from './influence'
import { addMoments, addRow, type Moments, startMoments } from './moments'
import { settleOn } from './settle'

/** Whose rows are taken out: sources and labelers whole, or single rows by their events' ids. */
export type Removed = Pick<Subject, 'origin' | 'origins' | 'labeler' | 'eventIds'>

export interface Without {
  /** Learner with all rows, and without those. */
  readonly with: Float64Array
  readonly without: Float64Array
  /** Rows taken out, and all. */
  readonly removed: number
  readonly rows: number
  /** Numbers of the origins whose rows must not measure. */
  readonly origins: ReadonlySet<number>
}

/** @returns the learner without these rows; null where none of them are known. Changes nothing. */
export function without(influence: Influence, who: Removed): Without | null {
  const { outputs, origins, labelers } = influence
  if (!influence.compact) return null
  const { total, all } = everybody(influence)
  if (!all) return null
  const names = who.origins ?? (who.origin === undefined ? [] : [who.origin])
  const gone: Moments[] = []
  for (const name of names) {
    const holder = origins.byId.get(name)
    if (holder) gone.push(holder.moments)
  }
  if (names.length === 0 && who.labeler !== undefined) {
    const holder = labelers.byId.get(who.labeler)
    if (holder) gone.push(holder.moments)
  }
  if (gone.length === 0 && who.eventIds) gone.push(ofEvents(influence, who.eventIds, all))
  const removed = gone.reduce((sum, moments) => sum + moments.rows, 0)
  if (removed === 0 || removed >= total.rows) return null
  const rest = { rows: total.rows, a: total.a.slice(), b: total.b.slice() }
  for (const moments of gone) addMoments(rest, moments, -1)
  const left = weightsOf(rest, outputs)
  if (!left) return null
  const leave = new Set(names.map(numberOf))
  const { classes } = influence
  settleOn(influence.others, all, left, lastFactor, { outputs, classes, rows: rest.rows, leave })
  return { with: all, without: left, removed, rows: total.rows, origins: leave }
}

type Everybody = { rows: number; total: ReturnType<typeof totalOf>; all: Float64Array | null }
/** Worked out once for all sources that are asked about at the same row: no part of the state. */
const lately = new WeakMap<Influence, Everybody>()

function everybody(influence: Influence): Everybody {
  const known = lately.get(influence)
  if (known && known.rows === influence.rows && known.total.b.length === width * influence.outputs) return known
  const total = totalOf(influence)
  const made = { rows: influence.rows, total, all: weightsOf(total, influence.outputs) }
  lately.set(influence, made)
  return made
}

const x = new Float64Array(width)
const f = new Float64Array(64)
const p = new Float64Array(64)
const t = new Float64Array(64)

/** Sums over those of the rows that are kept one by one. */
function ofEvents({ doubted, outputs }: Influence, ids: readonly string[], weights: Float64Array): Moments {
  const moments = startMoments(outputs)
  const wanted = new Set(ids.map(numberOf))
  for (let i = 0; i < doubted.size; i++) {
    if (!wanted.has(doubted.id[i] as number)) continue
    for (let c = 0; c < width; c++) x[c] = doubted.x[i * width + c] as number
    predict(weights, outputs, outputs, x, 0, f, p)
    const root = expandRow(f, p, outputs, doubted.y[i] as number, t)
    for (let c = 0; c < width; c++) x[c] = root * (x[c] as number)
    addRow(moments, x, t, outputs)
  }
  return moments
}
