import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { bent, dealer, zipfSources } from './sources'

/** Embeddings in clusters, some of each class; classes of some clusters overlap. */
export const embedding: BaseMaker = {
  name: 'embedding',
  real: false,
  make(seed) {
    const random = seededRandom(`poison embedding ${seed}`)
    const classes = random.pick([2, 2, 3, 5, 10])
    const size = random.pick([16, 24, 32])
    const labels = Array.from({ length: classes }, (_, k) => `k${k + 1}`)
    const count = classes * (2 + random.below(3))
    const clusters = Array.from({ length: count }, (_, c) => ({
      label: c % classes,
      centre: Array.from({ length: size }, () => 0.35 * random.normal()),
      spread: 0.2 + 0.12 * random.uniform(),
    }))
    const shares = clusters.map((_, c) => (c + 2) ** -0.5)
    const noise = random.pick([0.01, 0.03, 0.06])
    const sources = zipfSources(random, 30 + random.below(25))
    const mixes = sources.ids.map(() => dealer(random, bent(random, shares, 0.4)))
    const labelOf = (c: number) => labels[(clusters[c] as { label: number }).label] as string
    const make = (): Row => {
      const at = sources.deal()
      const c = (mixes[at] as () => number)()
      const { centre, spread } = clusters[c] as (typeof clusters)[number]
      return {
        model: 'embedding',
        origin: { id: sources.ids[at] as string, kind: sources.kind },
        features: { width: Math.round(200 + 40 * random.normal()), camera: `cam${random.below(5)}` },
        embedding: centre.map((m) => Number((m + spread * random.normal()).toFixed(4))),
        segment: { site: `s${random.below(4)}` },
        label: random.chance(noise) ? random.pick(labels) : labelOf(c),
      }
    }
    const rows = Array.from({ length: rowsOfFeed }, make)
    const nearest = (row: Row) => {
      let best = 0
      let least = Number.POSITIVE_INFINITY
      for (const [c, { centre }] of clusters.entries()) {
        let d = 0
        for (const [i, m] of centre.entries()) d += (m - (row.embedding?.[i] ?? 0)) ** 2
        if (d < least) [best, least] = [c, d]
      }
      return best
    }
    return {
      name: 'embedding',
      real: false,
      feed: asFeed(rows),
      clean: Array.from({ length: cleanRows }, make),
      config: { task: 'classification' },
      relabel: (row) => (nearest(row) === 0 ? (labels[1] as string) : row.label),
    }
  },
}
