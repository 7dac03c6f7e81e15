import type { BacktestAlarm } from './result'

interface Raised {
  readonly findingId: string
  readonly fingerprint: string
  readonly onsetAt: Date
  readonly firedAt: Date
}

/** What live raised for an alarm of a run: the same finding, else the same trouble (fingerprint) over the same stretch of event time. */
export function matchOf<R extends Raised>(alarm: BacktestAlarm, live: readonly R[]): R | null {
  const same = live.find((raised) => raised.findingId === alarm.id)
  if (same) return same
  const [from, to] = [Date.parse(alarm.onsetAt), Date.parse(alarm.firedAt)]
  const overlaps = (raised: Raised) => raised.onsetAt.getTime() <= to && raised.firedAt.getTime() >= from
  return live.find((raised) => raised.fingerprint === alarm.fingerprint && overlaps(raised)) ?? null
}
