import type { Random } from './random'

const nouns =
  'income tenure balance latency humidity pressure distance speed amount clicks visits pages retries weight height dose glucose torque voltage current flow depth yield price spread volume margin load queue delay jitter temp rainfall wind turnover premium claims mileage rating age score reach dwell bounce basket refunds stock demand power noise drift_rate ph salinity'.split(
    ' ',
  )
const prefixes = ['', '', '', 'avg_', 'last_', 'user_', 'max_', 'n_']
const suffixes = ['', '', '', '_7d', '_30d', '_norm', '_raw', 'Total']
const words =
  'amber basic birch bronze cedar copper delta direct echo ember gold granite harbor indigo jade kilo lima maple nova onyx opal partner plus prime quartz retail river ruby silver sierra slate tango teal topaz union vapor violet walk-in web wholesale xenon zeta'.split(
    ' ',
  )
const segmentKeys = ['region', 'tier', 'country', 'channel_group', 'plant', 'tenant', 'device']

/** Names that mean nothing to a detector, other ones for each seed: `x07`, `avg_latency_7d`. */
export function columnNames(random: Random, count: number): string[] {
  if (random.chance(0.25)) return Array.from({ length: count }, (_, i) => `x${String(i).padStart(2, '0')}`)
  const names = new Set<string>()
  while (names.size < count) names.add(random.pick(prefixes) + random.pick(nouns) + random.pick(suffixes))
  return [...names]
}

export function valueNames(random: Random, count: number): string[] {
  const names = new Set<string>()
  while (names.size < count) names.add(random.pick(words))
  return [...names]
}

export const segmentKey = (random: Random): string => random.pick(segmentKeys)
