import type { Alarm } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { numberOf, type Recent, since } from '@/lib/learn/recent'
import { gatheredAs } from './gathered'

/**
 * Of an origin that pulls against the anchor: were its rows crafted? The learner of today has learned them and finds nothing odd in them, but its rows
 * of the label lie at one point, where honest rows of it lie wide apart.
 *
 * @param names of the classes. @returns the alarm, or that of crafted rows.
 */
export function craftedOrNot(alarm: Alarm, names: readonly Label[], recent: Recent): Alarm {
  const { origin, label } = alarm.subject
  const y = label === undefined ? -1 : names.indexOf(label)
  if (origin === undefined || y < 0) return alarm
  const number = numberOf(origin)
  const own: number[] = []
  for (const at of since(recent, alarm.onsetIndex)) if (recent.origin[at] === number && recent.y[at] === y) own.push(at)
  const gathered = gatheredAs(recent, y, (other) => other === number, own)
  if (!gathered.isPoint) return alarm
  return {
    ...alarm,
    kind: 'poison.clean_label',
    unit: `${alarm.unit} at a point`,
    why: `${alarm.why}; its ${own.length} rows of that label lie ${Number(gathered.ratio.toPrecision(2))} times as far from one another as others' do`,
    test: `${alarm.test} The rows' inputs were crafted: honest rows of the label lie wider apart.`,
  }
}
