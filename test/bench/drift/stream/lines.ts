import type { FeatureValue, Label } from '@/lib/event/types'

/** Collects the lines of one stream: every event takes the next line; `ms` is event time. */
export class Lines {
  readonly made: { time: string }[] = []
  private predictions = 0

  constructor(private readonly model: string) {}

  get next(): number {
    return this.made.length
  }

  predict(ms: number, features: Record<string, FeatureValue>, prediction: Label, more: object = {}): string {
    const id = `p-${this.predictions++}`
    this.add(ms, 'ml.prediction.v1', id, { version: 'v1', features, prediction, ...more })
    return id
  }

  label(ms: number, prediction: string, label: Label): void {
    this.add(ms, 'ml.label.v1', `l-${prediction}`, { prediction, label })
  }

  version(ms: number, version: string): void {
    this.add(ms, 'ml.version.v1', `v-${version}`, { version })
  }

  private add(ms: number, type: string, id: string, data: object): void {
    this.made.push({
      specversion: '1.0',
      id,
      source: `/${this.model}/${type.split('.')[1]}`,
      type,
      time: new Date(ms).toISOString(),
      data: { model: this.model, ...data },
    } as { time: string })
  }
}
