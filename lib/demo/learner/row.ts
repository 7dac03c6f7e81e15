/** What the learner takes from an `ml.training.v1` event. */
export interface TrainingRow {
  eventId: string
  time: string
  origin: string
  batch: string | null
  features: Record<string, unknown>
  text: string | null
  label: string
}

/** What it is asked, on the topic `demo.requests`. */
export interface PredictionRequest {
  id: string
  time: string
  model: string
  features: Record<string, unknown>
  text?: string
  segment?: Record<string, string>
}
