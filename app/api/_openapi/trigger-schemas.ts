import { z } from 'zod'
import type { TriggerRow } from '@/lib/view/trigger'
import { named, pageOf, time } from './named'

const flips = z
  .object({ flipRate: z.number(), ci: z.tuple([z.number(), z.number()]), rows: z.number(), flips: z.number() })
  .nullable()

export const triggerPage = pageOf(
  'Triggers',
  named(
    'Trigger',
    z.object({
      kind: z.enum(['poison.trigger', 'poison.bypass']),
      pattern: z.string(),
      label: z.string(),
      support: z.number(),
      onsetAt: time,
      lastSeenAt: time,
      evidence: z.object({ logE: z.number(), threshold: z.number() }),
      canary: flips,
      probes: flips,
      state: z.enum(['association', 'confirmed']),
      alertId: z.string().nullable(),
    }),
  ) as z.ZodType<TriggerRow>,
)
