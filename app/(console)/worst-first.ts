import { healthOrder } from '@/app/_ui/words'
import type { ModelSummary } from '@/lib/view/model'

const share = (m: ModelSummary): number => Math.max(m.drift?.share ?? 0, m.poison?.share ?? 0)

/** By state, then by how near it is to an alarm, then by name, so that equals keep their place. */
export const worstFirst = (models: readonly ModelSummary[]): ModelSummary[] =>
  [...models].sort(
    (a, b) => healthOrder[a.health] - healthOrder[b.health] || share(b) - share(a) || (a.id < b.id ? -1 : 1),
  )
