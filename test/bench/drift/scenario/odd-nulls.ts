import type { Scenario } from '../stream/truth'
import { scenario } from '../stream/world'

/** What honest producers also send, and nobody should be woken for. */
export const oddNulls: readonly Scenario[] = [
  scenario('null', 'null-ids', (w) => ({
    // Free text and identifiers among the columns: every value is new, always.
    labels: 'part',
    seen: (_, row) => {
      row.features.session = w.random.below(2 ** 31).toString(36)
      row.features.comment = w.random.chance(0.8) ? null : `note ${w.random.below(1e6)}`
    },
  })),
  scenario('null', 'null-counter', (w) => ({
    // A sequence number: it moves with every row, as it always has.
    labels: 'never',
    seen: (i, row) => {
      row.features.sequence = 100_000 + 3 * i + w.random.below(3)
    },
  })),
  scenario('null', 'null-zipf', (w) => ({
    // A long tail of categories: new ones go on coming at the rate they always did.
    labels: 'never',
    rows: w.rows + 8000,
    seen: (_, row) => {
      row.features.product = `sku-${Math.floor(Math.exp(w.random.uniform() * Math.log(3000)))}`
    },
  })),
  scenario('null', 'null-constant', (w) => ({
    seen: (_, row) => {
      row.features.schema_version = 3
      row.features.locale = 'en'
      row.features.deprecated = null
    },
    labels: w.random.chance(0.5) ? 'prompt' : 'never',
  })),
  scenario('null', 'null-biased-delay', (w) => {
    // Labels of one class come ten times later than the other's, as chargebacks do: the mix of what has arrived settles, the world stays.
    const slow = 1200 + w.random.below(800)
    return { labelDelay: (_, label) => (label === 'yes' ? slow + w.random.below(400) : w.random.below(100)) }
  }),
  scenario('null', 'null-delay-grows', (w) => {
    // The labelling team falls behind.
    return { labelDelay: (i) => (i < w.begin ? 50 : 50 + Math.min(2500, i - w.begin)) + w.random.below(50) }
  }),
  scenario('null', 'null-rare-class', (w) => ({
    takes: (_, _row, label) => label === 'no' || w.random.chance(0.04),
  })),
  scenario('null', 'null-labeller-noise', (w) => {
    // Wrong labels at a constant rate.
    const share = 0.08 + 0.1 * w.random.uniform()
    return { labelNoise: () => share }
  }),
]
