import type { AlertKind, Subject } from '@/lib/alert/finding'

/** Does what alarmed settle on a level that can be made its baseline? Whole features do; pairs, shares, errors and faults of values do not. */
export const hasLevel = (kind: AlertKind, { feature, segment }: Subject): boolean =>
  kind === 'drift.feature' && feature !== undefined && segment === undefined
