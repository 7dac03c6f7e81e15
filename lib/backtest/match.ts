import type { Subject } from '@/lib/alert/finding'
import type { BacktestAlarm } from './result'

interface Raised {
  readonly findingId: string
  readonly kind: string
  readonly subject: Subject
  readonly fingerprint: string
  readonly onsetAt: Date
  readonly firedAt: Date
}

/** What moved, wherever: a run may say of all rows what live said of a segment. */
const thing = ({ feature, features, origin, label, version }: Subject) =>
  JSON.stringify([feature, features, origin, label, version])

/** What live raised for an alarm of a run: the same finding, else the same trouble (fingerprint), else the same thing, over the same stretch of event time. */
export function matchOf<R extends Raised>(alarm: BacktestAlarm, live: readonly R[]): R | null {
  const same = live.find((raised) => raised.findingId === alarm.id)
  if (same) return same
  const [from, to] = [Date.parse(alarm.onsetAt), Date.parse(alarm.firedAt)]
  const overlaps = (raised: Raised) => raised.onsetAt.getTime() <= to && raised.firedAt.getTime() >= from
  const near = live.filter((raised) => raised.kind === alarm.kind && overlaps(raised))
  return (
    near.find((raised) => raised.fingerprint === alarm.fingerprint) ??
    near.find((raised) => thing(raised.subject) === thing(alarm.subject)) ??
    null
  )
}
