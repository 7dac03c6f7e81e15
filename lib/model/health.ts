import type { AlertKind, Severity } from '@/lib/alert/finding'
import type { Health } from '@/lib/view/model'

export interface HealthFacts {
  readonly open: readonly { readonly kind: AlertKind; readonly state: string; readonly severity: Severity }[]
  readonly lastIngestedAt: Date | null
  readonly baselineReady: boolean
  /** Largest share of the budget that any unit has spent now. */
  readonly share: number
  readonly now: Date
}

/** Half of the budget spent: worth a look. */
const watchShare = 0.5
/** Nothing for so long: silence is then the news. */
const silentMs = 24 * 3600_000

/** One word for how a model stands, the worst that is true of it. Alerts that wait for a person outrank everything; snoozed ones do not call. */
export function healthOf({ open, lastIngestedAt, baselineReady, share, now }: HealthFacts): Health {
  const calling = open.filter((alert) => alert.state !== 'snoozed')
  if (calling.some((alert) => alert.kind.startsWith('poison.'))) return 'poisoning'
  if (calling.some((alert) => alert.severity !== 'info')) return 'alarm'
  if (lastIngestedAt === null || now.getTime() - lastIngestedAt.getTime() > silentMs) return 'no-data'
  if (open.length > calling.length) return 'silenced'
  if (calling.length > 0 || share >= watchShare) return 'watch'
  return baselineReady ? 'ok' : 'learning'
}
