import type { Alarm } from '@/lib/detect/detector'
import type { Places } from '@/lib/learn/place/places'
import type { Recent } from '@/lib/learn/place/recent'
import { nameOf, segmentOf } from './condition'
import { gatheredBy } from './gathered'
import { ownWay } from './own-way'
import { anyWay, bestPush, hitAt, type Towards, touchedSince } from './push'
import { whereOf } from './where'

/**
 * Of what kind is an origin's poisoning? Its bad rows may all lie in one place, and the others be fine: then that place is its target. They may lie
 * unusually close to one another, where the learner sees another class: then they were crafted. Else its labels are turned.
 *
 * @param alarm that of the turned labels. @param number the origin's. @returns it, or a truer one.
 */
export function truerKind(alarm: Alarm, number: number, towards: Towards, recent: Recent, places: Places): Alarm {
  const rows = touchedSince(recent, towards, alarm.onsetIndex).filter((at) => recent.origin[at] === number)
  const bad = rows.filter((at) => hitAt(recent, towards, at))
  const gathered = gatheredBy(recent, (other) => other === number, bad)
  if (gathered.isPoint) {
    return {
      ...alarm,
      kind: 'poison.clean_label',
      unit: `${alarm.unit} at a point`,
      why: `${alarm.why}; its ${bad.length} bad rows lie ${times(gathered.ratio)} as far from one another as such rows do`,
      test: `${alarm.test} The rows' inputs were crafted: honest rows that the model takes for the same class lie ${times(1 / gathered.ratio)} as wide apart.`,
    }
  }
  const isIts = (at: number) => recent.origin[at] === number
  const where = whereOf(recent, towards, rows, ownWay(recent, towards, alarm.onsetIndex, isIts))
  if (!where) return alarm
  const name = nameOf(places, where.place)
  if (name === null) return alarm
  const segment = segmentOf(places, where.place)
  const { eventIds, ...who } = alarm.subject
  return {
    ...alarm,
    kind: 'poison.targeted',
    unit: `${alarm.unit} at ${name}`,
    subject: { ...who, ...(segment ? { segment } : { pattern: name }), ...(eventIds ? { eventIds } : {}) },
    effect: bestPush(where.inside).push,
    effectUnit: 'share of its rows of other classes in the place that take the label',
    n: where.inside.rows,
    why:
      `${alarm.subject.origin} labels ${percent(where.inside.hits, where.inside.rows)} of its rows at ${name} ` +
      `${towards === anyWay ? 'against the model' : (alarm.subject.label ?? 'otherwise')}, ${percent(where.outside.hits, where.outside.rows)} of its other rows`,
    test: `${alarm.test} All of its bad rows lie at ${name}: a push there alone is likelier than one everywhere by ${where.nats.toFixed(1)} nats.`,
  }
}

const times = (ratio: number) => `${Number(ratio.toPrecision(2))} times`
const percent = (part: number, of: number) => `${Math.round((100 * part) / Math.max(1, of))} %`
