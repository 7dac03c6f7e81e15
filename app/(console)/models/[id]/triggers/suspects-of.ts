import type { TriggerRow } from '@/lib/view/trigger'

/** The screen of the rows that alerts of this kind implicate. */
export const suspectsOf = (model: string, { kind }: Pick<TriggerRow, 'kind'>): string =>
  `/models/${encodeURIComponent(model)}/suspects?kind=${kind}`
