import type { Scenario } from '../stream/truth'
import { concepts } from './concept'
import { friedmans } from './friedman'
import { inputs } from './inputs'
import { manyDrifts } from './many-drifts'
import { nulls } from './nulls'
import { qualities } from './quality'
import { seasons } from './seasonal'

/** Every stream of the bench, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  ...nulls,
  ...inputs,
  ...qualities,
  ...concepts,
  ...friedmans,
  ...manyDrifts,
  ...seasons,
]
