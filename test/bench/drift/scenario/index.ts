import type { Scenario } from '../stream/truth'
import { concepts } from './concept'
import { inputs } from './inputs'
import { nulls } from './nulls'
import { qualities } from './quality'

/** Every stream of the bench, in the order of the table. */
export const scenarios: readonly Scenario[] = [...nulls, ...inputs, ...qualities, ...concepts]
