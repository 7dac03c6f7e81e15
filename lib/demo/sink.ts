import type { Step } from '@/lib/demo/steps'

/** Where the steps go. Resolves when they are durable; a second sending of the same step is the same event. */
export interface Sink {
  readonly via: 'kafka' | 'http'
  send(steps: readonly Step[], startMs: number): Promise<void>
  close(): Promise<void>
}
