import type { GoldenRow } from '@/lib/detect/detector'
import type { ModelConfig } from '@/lib/monitor/config'
import { createMonitor, type MonitorOptions, restoreMonitor } from '@/lib/monitor/monitor'

/** How a model's monitor is made: a benchmark asks for others. */
export interface Monitors {
  readonly create: typeof createMonitor
  readonly restore: typeof restoreMonitor
}

export const realMonitors: Monitors = { create: createMonitor, restore: restoreMonitor }

/** Events of a model between two samples of evidence and of source standings. */
const sampleEvery = 200

export const monitorOptions = (model: {
  readonly id: string
  readonly config: ModelConfig
  readonly golden: readonly GoldenRow[]
}): MonitorOptions => ({
  model: model.id,
  config: model.config,
  golden: model.golden,
  scores: true,
  sampleEvery,
})
