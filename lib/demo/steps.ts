/** What the demo sends, before it is sent. Times are event time. */

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A CloudEvent as it goes over the wire. */
export interface CloudEvent {
  specversion: '1.0'
  id: string
  source: string
  type: string
  time: string
  data: { model: string; [key: string]: unknown }
}

/** Something to be predicted: it goes to the learner, who answers Assay with an `ml.prediction.v1`. */
export interface LearnerRequest {
  id: string
  time: string
  model: string
  features: Record<string, number | boolean>
  text?: string
  segment?: Record<string, string>
}

/** `atMs` counts from the start of the story; a feed's steps are sorted by it. */
export type Step =
  | { atMs: number; to: 'assay'; type: string; id: string; source: string; data: CloudEvent['data'] }
  | { atMs: number; to: 'learner'; request: Omit<LearnerRequest, 'time'> }

/** The prediction event that answers a request: labels point to it before anyone has seen it. */
export const predictionId = (requestId: string) => `p-${requestId}`

export interface Feed {
  model: string
  steps: Step[]
  /** What really happens, for tests and for the closing words of the demo. Assay is never told. */
  truth: { what: string; beginsAtMs: number; subject: string; affected: Set<string> }
}

export function inOrder(steps: Step[]): Step[] {
  return steps
    .map((step, position) => ({ step, position }))
    .sort((a, b) => a.step.atMs - b.step.atMs || a.position - b.position)
    .map(({ step }) => step)
}
