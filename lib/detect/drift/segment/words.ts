import type { Alarm } from '@/lib/detect/detector'
import type { Explanation } from '@/lib/detect/drift/segment/explain'
import { brief } from '@/lib/detect/drift/words'

/** A feature's alarm, said of the one segment that explains it. */
export function withinSegment(alarm: Alarm, found: Explanation): Alarm {
  const where = `${found.key}=${found.value}`
  const share = found.inside / (found.inside + found.outside)
  return {
    ...alarm,
    subject: { ...alarm.subject, segment: { [found.key]: found.value } },
    why: `Within ${where}, ${alarm.why}; the other ${found.rowsOutside} rows since then keep their distribution`,
    test: `Each segment against its own baseline since the onset: ${where} gains ${brief(found.inside)} nats in ${found.rowsInside} rows, all others together ${brief(found.outside)} (${brief(100 * share)} % of the evidence lies within). ${alarm.test}`,
  }
}

/** A feature's alarm that a change within a segment has borne, which the segment's own unit had seen before. */
export function stillWithin(alarm: Alarm, key: string, value: string): Alarm {
  return {
    ...alarm,
    subject: { ...alarm.subject, segment: { [key]: value } },
    why: `${alarm.why}, by what had changed within ${key}=${value}`,
    test: `The rows outside of ${key}=${value} say less than half of what the alarm was raised on, neither since its onset nor since that change began. ${alarm.test}`,
    standing: true,
  }
}
