import { isFiniteNumber } from '@/lib/stats/finite'
import type { RecordedRow } from './recorded'

/**
 * A model that keeps learning, as simple as they come: linear (logistic for two classes) on standardised numbers and the last label, by normalised
 * stochastic gradient steps. It predicts, then sees the label.
 */
export class OnlineLearner {
  private readonly names: readonly string[]
  private readonly weights: Float64Array
  private readonly mean: Float64Array
  private readonly square: Float64Array
  private readonly x: Float64Array
  private readonly classes: readonly (string | number)[]
  private seen = 0
  private last = 0

  constructor(rows: readonly RecordedRow[]) {
    const { features = {}, label = 0 } = rows[0] ?? {}
    this.names = Object.keys(features).filter((name) => rows.some((row) => isFiniteNumber(row.features[name])))
    this.classes = typeof label === 'number' ? [] : [...new Set(rows.map((row) => row.label))].sort()
    const size = this.names.length + 2
    this.weights = new Float64Array(size)
    this.mean = new Float64Array(size)
    this.square = new Float64Array(size).fill(1)
    this.x = new Float64Array(size)
  }

  /** @returns its prediction for a row, and for two classes the probability of the last one. */
  predict({ features }: RecordedRow): { prediction: string | number; score?: number } {
    this.x[0] = 1
    this.x[1] = this.last
    for (const [i, name] of this.names.entries()) {
      const value = features[name]
      const z = isFiniteNumber(value)
        ? (value - (this.mean[i] as number)) / Math.sqrt((this.square[i] as number) / Math.max(1, this.seen) + 1e-9)
        : 0
      this.x[i + 2] = Math.max(-4, Math.min(4, z))
    }
    const margin = this.weights.reduce((sum, weight, i) => sum + weight * (this.x[i] as number), 0)
    if (this.classes.length === 0) return { prediction: Number(margin.toPrecision(6)) }
    const score = 1 / (1 + Math.exp(-margin))
    return { prediction: this.classes[score > 0.5 ? 1 : 0] as string, score: Number(score.toPrecision(6)) }
  }

  learn({ features, label }: RecordedRow): void {
    const margin = this.weights.reduce((sum, weight, i) => sum + weight * (this.x[i] as number), 0)
    const wanted = typeof label === 'number' ? label : this.classes.indexOf(label)
    const error = wanted - (typeof label === 'number' ? margin : 1 / (1 + Math.exp(-margin)))
    const rate = typeof label === 'number' ? 0.05 / this.x.reduce((sum, value) => sum + value * value, 1) : 0.02
    for (let i = 0; i < this.weights.length; i++)
      this.weights[i] = (this.weights[i] as number) + rate * error * (this.x[i] as number)
    this.last = typeof label === 'number' ? Math.max(-4, Math.min(4, label / 100)) : 2 * wanted - 1
    this.seen++
    for (const [i, name] of this.names.entries()) {
      const value = features[name]
      if (!isFiniteNumber(value)) continue
      const before = value - (this.mean[i] as number)
      this.mean[i] = (this.mean[i] as number) + before / this.seen
      this.square[i] = (this.square[i] as number) + before * (value - (this.mean[i] as number))
    }
  }
}
