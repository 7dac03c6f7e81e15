import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { bent, dealer, zipfSources } from './sources'

/** Demand by hour, weekday, weather and station: a daily wave, a multiplicative error, some whole and some real numbers. */
export const regression: BaseMaker = {
  name: 'regression',
  real: false,
  make(seed) {
    const random = seededRandom(`poison regression ${seed}`)
    const whole = random.chance(0.5)
    const noise = 0.12 + 0.2 * random.uniform()
    const stations = Array.from({ length: 8 + random.below(8) }, (_, s) => ({
      id: `station-${s + 1}`,
      level: 3.5 + 0.6 * random.normal(),
      peak: 6 + 12 * random.uniform(),
    }))
    const skies = ['clear', 'cloudy', 'rain', 'snow']
    const skyEffect = [0, -0.1, -0.4, -0.8]
    const sources = zipfSources(random, 25 + random.below(20))
    const mixes = sources.ids.map(() =>
      dealer(
        random,
        bent(
          random,
          stations.map((_, s) => (s + 2) ** -0.5),
          0.4,
        ),
      ),
    )
    const startMs = Date.UTC(2025, 4, 5)
    const stepMs = 10 * 60_000
    const expect = (row: Row, tilt: number) => {
      const station = stations.find(({ id }) => id === row.features.station) as (typeof stations)[number]
      const hour = Number(row.features.hour)
      return Math.exp(
        station.level +
          (0.8 + tilt) * Math.cos(((hour - station.peak - 4 * tilt) / 24) * 2 * Math.PI) +
          0.02 * (1 - 2 * tilt) * Number(row.features.temp) +
          (skyEffect[skies.indexOf(String(row.features.sky))] as number) -
          (row.features.workday ? 0 : 0.3),
      )
    }
    const given = (value: number) => (whole ? Math.round(value) : Number(value.toFixed(2)))
    const make = (i: number): Row => {
      const at = sources.deal()
      const ms = startMs + i * stepMs
      const hour = Math.floor(ms / 3_600_000) % 24
      const day = Math.floor(ms / 86_400_000)
      const season = Math.cos((day / 365) * 2 * Math.PI)
      const row: Row = {
        model: 'regression',
        origin: { id: sources.ids[at] as string, kind: sources.kind },
        features: {
          station: stations[(mixes[at] as () => number)()]?.id ?? '',
          hour,
          workday: (day + 4) % 7 < 5,
          temp: Number((14 + 8 * season + 4 * Math.sin((hour / 24) * 2 * Math.PI) + 3 * random.normal()).toFixed(1)),
          humidity: Number((0.4 + 0.5 * random.uniform()).toFixed(2)),
          sky: random.pick(skies, [5, 3, 2, 0.4]),
        },
        label: 0,
      }
      return { ...row, label: given(expect(row, 0) * Math.exp(noise * random.normal())) }
    }
    const rows = Array.from({ length: rowsOfFeed }, (_, i) => make(i))
    return {
      name: 'regression',
      real: false,
      feed: asFeed(
        rows,
        rows.map((_, i) => startMs + i * stepMs),
      ),
      clean: Array.from({ length: cleanRows }, (_, i) => make(3 * i)),
      config: { task: 'regression' },
      relabel: (row, u) => given(expect(row, 0.5) * Math.exp(noise * 2 * (u - 0.5))),
    }
  },
}
