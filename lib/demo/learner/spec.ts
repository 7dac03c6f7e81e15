/** How one of the learner's models is built. Probabilities are of `classes[1]`. */
export interface LearnerSpec {
  model: string
  classes: readonly [string, string]
  /** Step of the gradient descent for the words and for the standardised features. */
  wordRate: number
  featureRate: number
  /** A version is published, and goes into service, every so many training rows. */
  publishEvery: number
  /** Of the first `within` rows one in `oneIn` is kept aside, never learned, and measures every version. */
  holdout: { within: number; oneIn: number }
}

export const learnerSpecs: readonly LearnerSpec[] = [
  {
    model: 'spam',
    classes: ['ham', 'spam'],
    wordRate: 4,
    featureRate: 0.02,
    publishEvery: 200,
    holdout: { within: 1600, oneIn: 4 },
  },
  {
    model: 'rain',
    classes: ['dry', 'rain'],
    wordRate: 0,
    featureRate: 0.05,
    publishEvery: 200,
    holdout: { within: 1600, oneIn: 4 },
  },
]
