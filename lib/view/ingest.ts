export interface IngestStatus {
  sources: { topic: string; partition: number; next: number; owner: string | null; updatedAt: string }[]
  events: number
  deadLetters: number
  latestDeadLetters: {
    topic: string
    partition: number
    offset: number
    reason: string
    size: number
    at: string
    preview: string
  }[]
  kafka: { configured: boolean; brokers: string[]; note: string | null }
}
