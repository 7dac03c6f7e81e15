import type { Alarm } from '@/lib/detect/detector'
import type { Unit } from './unit'
import type { Units } from './units'

const mostlyOne = 0.6

/** The labeler of most of an origin's suspect rows, or the origin of most of a labeler's. */
export function usualPartner(unit: Unit, partners: Units): Unit | null {
  const counts = new Map<number, number>()
  for (const { partner } of unit.suspects) if (partner >= 0) counts.set(partner, (counts.get(partner) ?? 0) + 1)
  for (const [number, rows] of counts) {
    if (rows < mostlyOne * unit.suspects.length) continue
    for (const partner of partners.byId.values()) if (partner.number === number && !partner.accused) return partner
  }
  return null
}

/** The alarm that `unit` raised, said of its partner, with whom the evidence sits. */
export function inNameOf(blamed: Unit, unit: Unit, alarm: Alarm): Alarm {
  const { origin: _origin, labeler: _labeler, ...what } = alarm.subject
  const why = alarm.why.replace(unit.id, `${blamed.kind} ${blamed.id} in ${unit.kind} ${unit.id}`)
  return {
    ...alarm,
    unit: `${blamed.kind}=${blamed.id}`,
    subject: { ...(blamed.kind === 'origin' ? { origin: blamed.id } : { labeler: blamed.id }), ...what },
    why,
  }
}
