import type { StatusKind } from '@/app/_ui/status-icon'
import type { IncidentItem } from '@/lib/view/incident'

export function incidentMark({
  state,
  verdict,
  severity,
}: Pick<IncidentItem, 'state' | 'verdict' | 'severity'>): StatusKind {
  if (state === 'resolved') return 'ok'
  if (verdict === 'poisoning') return 'poisoning'
  return severity === 'info' ? 'watch' : 'alarm'
}
