import { hashWords } from './hashed'
import { type Logistic, learnRow, probability, startLogistic } from './logistic'
import { measure } from './measure'
import type { PredictionRequest, TrainingRow } from './row'
import { type Scale, seen, standardised, startScale } from './scale'
import type { LearnerSpec } from './spec'

/** A version: the weights as they were when it was published. */
export interface Version {
  version: string
  parent: string | null
  weights: Logistic
  scale: Scale
  batches: string[]
  trainedThrough: string
  metrics: Record<string, number>
}

/**
 * One model that keeps learning: it takes every training row as it comes, poisoned ones too, and serves its latest version.
 *
 * It remembers its rows, so that leaving some out is learning again from the rest. This is the watched party: nothing of Assay is in it.
 */
export class Learner {
  readonly rows: TrainingRow[] = []
  readonly held: TrainingRow[] = []
  versions: Version[] = []
  /** Rows that are left out, a published version to serve instead of the latest, and the row after which nothing is learned. */
  exclude: (row: TrainingRow) => boolean = () => false
  pinned: string | null = null
  frozenAt: number | null = null
  private live = startLogistic()
  private scale = startScale()
  private batches = new Set<string>()

  constructor(readonly spec: LearnerSpec) {}

  /** Takes a row; gives the version that it completed, if any. */
  take(row: TrainingRow): Version | null {
    this.rows.push(row)
    return this.learn(row, this.rows.length)
  }

  /** Learns again from all rows but the excluded ones and from none after the freeze. Published versions stay as they were; one more is published. */
  relearn(): Version | null {
    this.live = startLogistic()
    this.scale = startScale()
    this.held.length = 0
    this.batches.clear()
    const published = this.versions
    this.versions = []
    this.rows.forEach((row, position) => {
      this.learn(row, position + 1)
    })
    this.versions = published
    const last = this.rows.at(-1)
    return last ? this.publish(last, `r${published.filter(({ version }) => version.includes('-r')).length + 1}`) : null
  }

  /** Probability of each class, by the version in service. */
  predict(request: Pick<PredictionRequest, 'features'> & { text?: string | null }) {
    const served = this.served()
    const [negative, positive] = this.spec.classes
    const said = served ? this.probabilityBy(served, request.features, request.text ?? null) : 0.5
    const share = Number(said.toFixed(4))
    return {
      version: served?.version ?? `${this.spec.model}-000`,
      prediction: share > 0.5 ? positive : negative,
      scores: { [negative]: Number((1 - share).toFixed(4)), [positive]: share },
    }
  }

  served(): Version | undefined {
    return this.versions.find(({ version }) => version === this.pinned) ?? this.versions.at(-1)
  }

  private learn(row: TrainingRow, count: number): Version | null {
    if (this.exclude(row) || (this.frozenAt !== null && count > this.frozenAt)) return null
    const { holdout, wordRate, featureRate, classes, publishEvery } = this.spec
    seen(this.scale, row.features)
    if (count <= holdout.within && count % holdout.oneIn === 0) this.held.push(row)
    else {
      if (row.batch) this.batches.add(row.batch)
      learnRow(
        this.live,
        row.label === classes[1] ? 1 : 0,
        featureRate,
        [hashWords(row.text ?? ''), wordRate],
        [standardised(this.scale, row.features), featureRate],
      )
    }
    return count % publishEvery === 0 ? this.publish(row, String(count / publishEvery).padStart(3, '0')) : null
  }

  private publish(row: TrainingRow, name: string): Version {
    const weights = { weights: this.live.weights.slice() }
    const scale = { moments: new Map([...this.scale.moments].map(([key, moment]) => [key, { ...moment }])) }
    const made: Version = {
      version: `${this.spec.model}-${name}`,
      parent: this.versions.at(-1)?.version ?? null,
      weights,
      scale,
      batches: [...this.batches].sort(),
      trainedThrough: row.time,
      metrics: {},
    }
    made.metrics = measure(
      this.held.map(({ features, text, label }) => ({
        positive: label === this.spec.classes[1],
        said: this.probabilityBy(made, features, text),
      })),
    )
    this.batches.clear()
    this.versions.push(made)
    return made
  }

  private probabilityBy({ weights, scale }: Version, features: Record<string, unknown>, text: string | null): number {
    return probability(weights, hashWords(text ?? ''), standardised(scale, features))
  }
}
