import type { Row } from '@/lib/redteam/stage'
import { columnNames, segmentKey, valueNames } from '../../drift/stream/names'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { makeLaw } from './law'
import { bent, dealer, zipfSources } from './sources'

/** Numbers, categories and a segment; 30 to 60 sources that each see a slightly other mix; one segment value in which labels are noisy for everybody. */
export const tabular = (name: string, classCounts: readonly number[]): BaseMaker => ({
  name,
  real: false,
  make(seed) {
    const random = seededRandom(`poison ${name} ${seed}`)
    const classes = random.pick(classCounts)
    const names = columnNames(random, 5 + random.below(7))
    const shapes = names.map(() => random.pick(['normal', 'skewed', 'whole'] as const))
    const scale = names.map(() => ({ mean: 20 * random.normal(), sd: 10 ** random.normal() }))
    const counts = [3 + random.below(5), 4 + random.below(9), 60 + random.below(100)]
    const keys = columnNames(random, counts.length).map((key) => `${key}_type`)
    const values = counts.map((count, c) =>
      c < 2 ? valueNames(random, count) : Array.from({ length: count }, (_, i) => `m${i + 100}`),
    )
    const shares = counts.map((count) => Array.from({ length: count }, (_, i) => (i + 1.5) ** -0.9))
    const key = segmentKey(random)
    const regions = valueNames(random, 4 + random.below(4))
    const regionShares = regions.map((_, i) => (i + 1) ** -0.7)
    const hard = random.chance(0.5) ? random.below(regions.length) : -1
    const shape = { classes, numbers: names.length, values: counts, noise: random.pick([0.02, 0.04, 0.07, 0.11]) }
    const law = makeLaw(random, shape)
    const later = makeLaw(seededRandom(`poison later ${name} ${seed}`), shape)
    const labels =
      classes === 2 && random.chance(0.5) ? ['no', 'yes'] : Array.from({ length: classes }, (_, k) => `c${k + 1}`)
    const sources = zipfSources(random, 30 + random.below(31))
    const labelers = random.chance(0.4) ? Array.from({ length: 12 }, (_, i) => `w${i + 10}`) : []
    const mixes = sources.ids.map(() => ({
      offset: names.map(() => (random.chance(0.4) ? 0.3 * random.normal() : 0)),
      region: dealer(random, bent(random, regionShares, 0.5)),
      codes: shares.map((share) => dealer(random, bent(random, share, 0.3))),
    }))

    const standard = (value: number, j: number) => {
      const { mean, sd } = scale[j] as { mean: number; sd: number }
      return (value - mean) / sd
    }
    const measured = (z: number, j: number) => {
      const { mean, sd } = scale[j] as { mean: number; sd: number }
      if (shapes[j] === 'skewed') return round(mean + sd * Math.exp(0.6 * z))
      return shapes[j] === 'whole' ? Math.round(8 * z) : round(mean + sd * z)
    }
    const unmeasured = (value: number, j: number) =>
      shapes[j] === 'skewed'
        ? Math.log(Math.max(1e-6, standard(value, j))) / 0.6
        : shapes[j] === 'whole'
          ? value / 8
          : standard(value, j)
    const codesOf = (row: Row) => keys.map((k, c) => values[c]?.indexOf(String(row.features[k])) ?? 0)

    const make = (): Row => {
      const at = sources.deal()
      const mix = mixes[at] as (typeof mixes)[number]
      const z = names.map((_, j) => random.normal() + (mix.offset[j] as number))
      const codes = mix.codes.map((deal) => deal())
      const region = mix.region()
      const noisy = region === hard && random.chance(0.3)
      const k = noisy ? random.below(classes) : law.draw(z, codes, random.uniform())
      const features: Record<string, number | string> = {}
      for (const [j, column] of names.entries()) features[column] = measured(z[j] as number, j)
      for (const [c, column] of keys.entries()) features[column] = values[c]?.[codes[c] as number] ?? ''
      return {
        model: name,
        origin: { id: sources.ids[at] as string, kind: sources.kind },
        ...(labelers.length ? { labeler: random.pick(labelers) } : {}),
        features,
        segment: { [key]: regions[region] as string },
        label: labels[k] as string,
      }
    }
    const rows = Array.from({ length: rowsOfFeed }, make)
    return {
      name,
      real: false,
      feed: asFeed(rows),
      clean: Array.from({ length: cleanRows }, make),
      config: { task: 'classification' },
      relabel: (row, u) => {
        const z = names.map((column, j) => unmeasured(Number(row.features[column]), j))
        return labels[later.draw(z, codesOf(row), u)] as string
      },
    }
  },
})

const round = (value: number) => Number(value.toPrecision(5))
