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
