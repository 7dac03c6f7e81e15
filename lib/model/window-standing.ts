import type { AlertKind, Subject, Verdict } from '@/lib/alert/finding'
import type { WindowStanding } from '@/lib/view/drift'

export interface Fired {
  readonly id: string
  readonly kind: AlertKind
  readonly state: string
  readonly subject: Subject
  readonly verdict: Verdict
  readonly onsetAt: Date
  readonly firedAt: Date
}

/** Rows that a window needs before its distance from a baseline says anything. */
const minRows = 30
/** Half of the way to an alarm is worth a look; all of it without an alarm is a change too small to call anyone for. */
const watchShare = 0.5

/** Alerts about a feature in all rows, in the order in which they fired: alone, or together with others. */
export const firedFor = (fired: readonly Fired[], feature: string): Fired[] =>
  fired.filter(
    ({ subject }) =>
      subject.segment === undefined && (subject.feature === feature || (subject.features?.includes(feature) ?? false)),
  )

/**
 * What is held of a feature in one window: the verdict of an alert from its onset on, until someone has closed it; else how near it was to one.
 * Null: no rows.
 *
 * @param wanders it is never at rest: `share` is of its change against its usual ones.
 */
export function standingOf(
  window: { readonly startMs: number; readonly endMs: number; readonly rows: number; readonly share: number },
  alerts: readonly Fired[],
  wanders = false,
): WindowStanding | null {
  if (window.rows === 0) return null
  const under = alerts.findLast(
    ({ onsetAt, firedAt, state }) =>
      onsetAt.getTime() < window.endMs && (state !== 'resolved' || firedAt.getTime() >= window.startMs),
  )
  if (under) return under.verdict
  if (window.rows < minRows) return 'insufficient-data'
  if (window.share >= 1) return 'small'
  if (window.share >= watchShare) return 'watch'
  return wanders ? 'wanders' : 'steady'
}
