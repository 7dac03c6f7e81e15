import { z } from 'zod'
import { named } from './named'

const interval = z.tuple([z.number(), z.number()])

/** The model without some rows (lib/learn/influence/counterfactual.ts). */
export const counterfactual = named(
  'Counterfactual',
  z.object({
    metric: z.enum(['recall', 'accuracy']),
    class: z.union([z.string(), z.number()]).optional(),
    slice: z.string().optional(),
    with: z.number(),
    without: z.number(),
    ci: interval,
    gain: z.object({ value: z.number(), ci: interval }),
    n: z.number(),
    golden: z.boolean(),
    removed: z.number(),
    share: z.number(),
    loss: interval,
  }),
)
