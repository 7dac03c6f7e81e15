import type { Detector } from '@/lib/detect/detector'
import type { TriggerStanding } from '@/lib/monitor/output'

const maxTriggers = 200

/** Where the accused patterns of every detector stand at this line, strongest first. Changes nothing. */
export const sampleTriggers = (
  detectors: readonly Detector[],
  states: Readonly<Record<string, { readonly state: unknown }>>,
  at: { readonly index: number; readonly timeMs: number },
): TriggerStanding[] =>
  detectors.flatMap((detector) =>
    (detector.triggers?.(states[detector.id]?.state, maxTriggers) ?? []).map((trigger) => ({
      type: 'trigger' as const,
      eventIndex: at.index,
      timeMs: at.timeMs,
      ...trigger,
    })),
  )
