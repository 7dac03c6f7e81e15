import type { Alarm } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { numberOf, type Recent, since } from '@/lib/learn/place/recent'
import { type Gathered, gatheredAs } from './gathered'

/**
 * Of an origin that pulls against the anchor: were its rows crafted? The learner of today has learned them and finds nothing odd in them, but its rows
 * of the label lie at one point, where honest rows of it lie wide apart.
 *
 * @param names of the classes. @returns the alarm, or that of crafted rows.
 */
export function craftedOrNot(alarm: Alarm, names: readonly Label[], recent: Recent): Alarm {
  const { origin, label } = alarm.subject
  if (origin === undefined) return alarm
  const number = numberOf(origin)
  const byClass = new Map<number, number[]>()
  for (const at of since(recent, alarm.onsetIndex)) {
    const y = recent.y[at] as number
    if (recent.origin[at] !== number || (label !== undefined && names[y] !== label)) continue
    const rows = byClass.get(y)
    if (rows) rows.push(at)
    else byClass.set(y, [at])
  }
  // Where it is not said which label it pulls to, the one whose rows lie closest.
  let [gathered, own]: [Gathered, readonly number[]] = [{ isPoint: false, ratio: 1 }, []]
  for (const [y, rows] of byClass) {
    const of = gatheredAs(recent, y, (other) => other === number, rows)
    if (of.ratio < gathered.ratio) [gathered, own] = [of, rows]
  }
  if (!gathered.isPoint) return alarm
  return {
    ...alarm,
    kind: 'poison.clean_label',
    unit: `${alarm.unit} at a point`,
    why: `${alarm.why}; its ${own.length} rows of that label lie ${Number(gathered.ratio.toPrecision(2))} times as far from one another as others' do`,
    test: `${alarm.test} The rows' inputs were crafted: honest rows of the label lie wider apart.`,
  }
}
