import { modestyOf, type Usual, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { numberOf } from '@/lib/learn/place/recent'
import { learnAlike } from './alike'
import { usualWays, type Way } from './habit'
import { type Scatter, startScatter } from './scatter'
import { startUnit, suspicionOf, type Unit } from './unit'

/**
 * The units of one kind, at most 4,096. A new one takes the place of the one that is idle longest among those with nothing against them, so that
 * a flood of new names pushes out names, never evidence. When every place has evidence, a newcomer gets none, and its rows teach nothing.
 */
export interface Units {
  /** In order of last use. */
  byId: Map<string, Unit>
  refused: number
  /** How careless units are here (./borne.ts), and rows until it is worked out anew. */
  careless: number
  tilt: number
  /** Where labels are numbers: how far their ways differ (./habit.ts). */
  ways: Way[]
  /** Where labels are numbers (./scatter.ts). */
  scatter: Scatter
  untilCareless: number
  /** Disagreements of late, of all of them, and as expected: the learner may be too modest (./borne.ts). */
  wrong: number
  expected: number
}

export const mostUnits = 4096
/** Nats for a unit's best split: from here on it is not pushed out. */
const evident = 2
const mostLooks = 64
const mostSuspects = 100_000

export const startUnits = (): Units => ({
  byId: new Map(),
  refused: 0,
  ...unknown,
  ways: [],
  scatter: startScatter(),
  untilCareless: rowsOfCareless,
  wrong: 0,
  expected: 0,
})

const rowsOfCareless = 512

/** What is usual here, of units. Asked once a row, before the row is noted (./borne.ts). */
export function usualOf(units: Units): Usual & Pick<Units, 'ways'> {
  if (units.untilCareless-- <= 0) {
    Object.assign(units, usualCareless(units.byId.values()))
    units.ways = usualWays(units.byId.values())
    learnAlike(units.scatter, units.byId.values())
    units.untilCareless = rowsOfCareless
  }
  return { careless: units.careless, tilt: units.tilt, modesty: modestyOf(units), ways: units.ways }
}

/** Suspect rows kept for each unit: 1,000, fewer where there are many units. */
export const suspectsEach = (units: Units) =>
  Math.min(1000, Math.max(48, Math.floor(mostSuspects / Math.max(1, units.byId.size))))

/** @returns the unit, made if need be; null when there is no place for it. */
export function touch(
  units: Units,
  kind: Unit['kind'],
  id: string,
  originKind: string,
  index: number,
  most = mostUnits,
): Unit | null {
  const known = units.byId.get(id)
  if (known) {
    units.byId.delete(id)
    units.byId.set(id, known)
    return known
  }
  if (units.byId.size >= most && !makePlace(units)) {
    units.refused++
    return null
  }
  const unit = startUnit(kind, id, originKind, numberOf(id), index)
  units.byId.set(id, unit)
  return unit
}

function makePlace(units: Units): boolean {
  let looks = 0
  for (const [id, unit] of units.byId) {
    units.byId.delete(id)
    if (!unit.accused && suspicionOf(unit) < evident) return true
    // It keeps its place and is not looked at again soon.
    units.byId.set(id, unit)
    if (++looks >= mostLooks) return false
  }
  return false
}
