import type { Features, FeatureValue, Label } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'
import { refitted } from '../stream/learners'
import { Lines } from '../stream/lines'
import { OnlineLearner } from '../stream/online'
import { seededRandom } from '../stream/random'
import { type RecordedName, type RecordedRow, recorded } from '../stream/recorded'
import type { MadeStream, Scenario, Truth } from '../stream/truth'

type Bent = Record<string, FeatureValue>
interface Fault {
  readonly kinds: Truth['kinds']
  readonly subject: Truth['subject']
  readonly verdicts: NonNullable<Truth['verdicts']>
  apply(features: Bent): void
}

/** Columns that may be bent, by set: numbers that move, and not the calendar. */
const bent = {
  elec2: ['nswdemand', 'vicdemand', 'transfer', 'nswprice'],
  'noaa-weather': ['temp', 'dew_point', 'sea_level_pressure', 'wind_avg', 'visibility'],
  bikeshare: ['temp', 'atemp', 'hum', 'windspeed'],
  flights: ['temp', 'dewp', 'humid', 'pressure'],
  'airport-weather': ['temp', 'dewp', 'humid', 'pressure'],
} as const

interface Model {
  predict(row: RecordedRow): { prediction: Label; score?: number }
  learn(row: RecordedRow): void
}

/** "The same as last time" for the market, a tree refitted every 100 days for the weather, and a linear one that learns from every row for the others. */
function modelOf(name: RecordedName, rows: readonly RecordedRow[]): Model {
  if (name === 'elec2') {
    let last = rows[0]?.label ?? ''
    return {
      predict: () => ({ prediction: last }),
      learn: ({ label }) => {
        last = label
      },
    }
  }
  if (name !== 'noaa-weather') return new OnlineLearner(rows)
  const tree = refitted(1000, 100)
  const numbersOf = (features: Features) => Object.values(features).map((value) => (isFiniteNumber(value) ? value : 0))
  return {
    predict: ({ features }) => ({ prediction: tree.share(numbersOf(features)) > 0.5 ? 'rain' : 'dry' }),
    learn: ({ features, label }) => tree.learn(numbersOf(features), label === 'rain'),
  }
}

function stream(
  scenario: string,
  name: RecordedName,
  seed: string,
  rows: readonly RecordedRow[],
  fault?: (column: string, other: string, sd: number) => Fault,
): MadeStream {
  const random = seededRandom(`${scenario}/${seed}`)
  const [column, other] = [...bent[name]].sort(() => random.uniform() - 0.5) as [string, string]
  const at = Math.floor(rows.length * (0.35 + 0.45 * random.uniform()))
  const values = rows
    .slice(0, at)
    .map((row) => row.features[column])
    .filter(isFiniteNumber)
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
  const bend = fault?.(column, other, random.chance(0.5) ? sd : -sd)
  const lines = new Lines(name)
  const model = modelOf(name, rows)
  let from = 0
  for (const [i, { ms, features, label }] of rows.entries()) {
    if (i === at) from = lines.next
    const seen: Bent = { ...features }
    if (i >= at) bend?.apply(seen)
    const row = { ms, features: seen, label }
    const { prediction, ...more } = model.predict(row)
    const id = lines.predict(ms, seen, prediction, more)
    lines.label(ms, id, label)
    model.learn(row)
  }
  const follows = ['drift.prediction', 'drift.performance', 'drift.concept', 'drift.multivariate'] as const
  const truths = bend
    ? [{ kinds: bend.kinds, subject: bend.subject, verdicts: bend.verdicts, from, to: from + 3000, follows }]
    : []
  return { name: scenario, seed, lines: lines.made, truths, recorded: true }
}

const faults: Record<string, ((column: string, other: string, sd: number) => Fault) | undefined> = {
  honest: undefined,
  'shift-1sd': (column, _, sd) => ({
    kinds: ['drift.feature'],
    subject: { feature: column },
    verdicts: ['benign-shift', 'undetermined', 'pipeline-bug'],
    apply: (f) => {
      if (isFiniteNumber(f[column])) f[column] = Number((f[column] + sd).toPrecision(6))
    },
  }),
  unit: (column) => ({
    kinds: ['quality.range', 'drift.feature'],
    subject: { feature: column },
    verdicts: ['pipeline-bug'],
    apply: (f) => {
      if (isFiniteNumber(f[column])) f[column] = Number((f[column] * 60).toPrecision(6))
    },
  }),
  outage: (column) => ({
    kinds: ['quality.missing', 'quality.schema'],
    subject: { feature: column },
    verdicts: ['pipeline-bug'],
    apply: (f) => {
      f[column] = null
    },
  }),
  swap: (column, other) => ({
    kinds: ['quality.swap'],
    subject: { features: [column, other] },
    verdicts: ['pipeline-bug'],
    apply: (f) => {
      const value = f[column] ?? null
      f[column] = f[other] ?? null
      f[other] = value
    },
  }),
}

/** Recorded streams as they came, and with one fault put in from some row on. */
export const reals: readonly Scenario[] = (Object.keys(bent) as RecordedName[]).flatMap((name) => {
  const rows = recorded(name)
  if (!rows) return []
  return Object.entries(faults).map(([what, fault]) => {
    const scenario = `real-${name}-${what}`
    return {
      name: scenario,
      group: 'real',
      make: (seed) => stream(scenario, name, seed, rows, fault),
    } satisfies Scenario
  })
})
