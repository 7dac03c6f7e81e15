import type { Scenario } from '../stream/truth'
import { concepts } from './concept'
import { embeddings } from './embeddings'
import { friedmans } from './friedman'
import { inSegments } from './in-segment'
import { inputs } from './inputs'
import { joints } from './joint'
import { manyDrifts } from './many-drifts'
import { nulls } from './nulls'
import { oddNulls } from './odd-nulls'
import { orders } from './order'
import { qualities } from './quality'
import { reals } from './real'
import { schemaChanges } from './schema-changes'
import { seasons } from './seasonal'
import { texts } from './texts'
import { traffic } from './traffic'

/** Every stream of the bench, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  ...nulls,
  ...oddNulls,
  ...inputs,
  ...joints,
  ...inSegments,
  ...qualities,
  ...concepts,
  ...friedmans,
  ...manyDrifts,
  ...seasons,
  ...traffic,
  ...schemaChanges,
  ...texts,
  ...embeddings,
  ...orders,
  ...reals,
]
