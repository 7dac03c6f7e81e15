import type { Finding } from '@/lib/alert/finding'
import { fingerprint } from '@/lib/alert/fingerprint'
import type { BacktestAlarm } from './result'

/** Rows named with an alarm that nobody will work on: enough to recognise it. */
const maxRows = 20

/** A finding as a run keeps it. `delayEvents`: events of the model since its onset. */
export function toAlarm(finding: Finding, delayEvents: number): BacktestAlarm {
  const { comparison: _bins, counterfactual: _without, type: _type, subject, ...rest } = finding
  const { eventIds, ...what } = subject
  return {
    ...rest,
    subject: eventIds ? { ...what, eventIds: eventIds.slice(0, maxRows) } : what,
    fingerprint: fingerprint(finding.model, finding.kind, subject),
    delayEvents,
    delayMs: Math.max(0, Date.parse(finding.firedAt) - Date.parse(finding.onsetAt)),
  }
}
