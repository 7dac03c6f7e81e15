import { type AlertKind, alertKinds } from '@/lib/alert/finding'
import type { AlertItem } from '@/lib/view/alert'

export const statuses = ['firing', 'acknowledged', 'snoozed', 'resolved'] as const
type Raw = Record<'status' | 'model' | 'kind' | 'cursor', string | null>

const isStatus = (value: string | null): value is AlertItem['state'] => statuses.some((s) => s === value)
const isKind = (value: string | null): value is AlertKind => alertKinds.some((k) => k === value)

export interface AlertFilter {
  status?: AlertItem['state']
  model?: string
  kind?: AlertKind
  cursor?: string
}

/** The URL's filter. What needs a person comes first, so firing is the default and `all` the exception; nonsense is as if it were not there. */
export function alertFilter(raw: Raw): AlertFilter {
  return {
    ...(raw.status === 'all' ? {} : { status: isStatus(raw.status) ? raw.status : 'firing' }),
    ...(raw.model ? { model: raw.model } : {}),
    ...(isKind(raw.kind) ? { kind: raw.kind } : {}),
    ...(raw.cursor ? { cursor: raw.cursor } : {}),
  }
}
