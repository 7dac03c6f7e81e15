import type { FeatureValue, Label } from '@/lib/event/types'

const startMs = Date.UTC(2026, 0, 5)

/** Collects the lines of one made stream: every event takes the next line; `hours` is event time since the start. */
export class Lines {
  readonly made: object[] = []
  private predictions = 0

  constructor(private readonly model = 'made') {}

  get next(): number {
    return this.made.length
  }

  predict(hours: number, features: Record<string, FeatureValue>, prediction: Label, more: object = {}): string {
    const id = `p-${this.predictions++}`
    this.add(hours, 'ml.prediction.v1', id, { version: 'v1', features, prediction, ...more })
    return id
  }

  label(hours: number, prediction: string, label: Label): void {
    this.add(hours, 'ml.label.v1', `l-${prediction}`, { prediction, label })
  }

  version(hours: number, version: string): void {
    this.add(hours, 'ml.version.v1', `v-${version}`, { version })
  }

  private add(hours: number, type: string, id: string, data: object): void {
    this.made.push({
      specversion: '1.0',
      id,
      source: `/made/${type.split('.')[1]}`,
      type,
      time: new Date(startMs + hours * 3_600_000).toISOString(),
      data: { model: this.model, ...data },
    })
  }
}
