import type { Scenario, Truth } from '../stream/truth'
import { scenario, type World } from '../stream/world'

const volume = (from: number, more: Partial<Truth> = {}): Truth => ({
  kinds: ['quality.volume'],
  subject: {},
  from,
  verdicts: ['pipeline-bug', 'undetermined', 'benign-shift'],
  ...more,
})

/** Random arrivals whose mean gap is multiplied as `factor` says; now and then an extra wait. */
function arrivals(w: World, factor: (i: number) => number, wait: (i: number, gapMs: number) => number = () => 0) {
  let now = Date.UTC(2025, w.random.below(12), 10, w.random.below(24))
  const gap = 1000 * 60 ** w.random.uniform()
  return (i: number) => {
    now += -gap * factor(i) * Math.log(w.random.uniform()) + wait(i, gap)
    return Math.round(now)
  }
}

/** How much comes, and when nothing does. */
export const traffic: readonly Scenario[] = [
  scenario('unseen', 'volume-triples', (w) => ({
    clock: arrivals(w, (i) => (i >= w.begin ? 1 / 3 : 1)),
    truths: (line) => [volume(line(w.begin))],
  })),
  scenario('unseen', 'volume-halves', (w) => ({
    labels: 'never',
    clock: arrivals(w, (i) => (i >= w.begin ? 2 : 1)),
    truths: (line) => [volume(line(w.begin))],
  })),
  scenario('unseen', 'silence', (w) => ({
    labels: 'part',
    clock: arrivals(
      w,
      () => 1,
      (i, gap) => (i === w.begin ? 800 * gap : 0),
    ),
    truths: (line) => [volume(line(w.begin - 1))],
  })),
  scenario('null', 'null-volume', (w) => ({ labels: 'never', clock: arrivals(w, () => 1) })),
  scenario('null', 'null-volume-uneven', (w) => {
    // Traffic wanders by a factor of three about its mean, as a site's does within the hour.
    let level = 0
    return {
      labels: 'never',
      clock: arrivals(w, () => {
        level = 0.995 * level + 0.05 * w.random.normal()
        return Math.exp(level)
      }),
    }
  }),
]
