import { refitted } from '../stream/learners'
import { Lines } from '../stream/lines'
import { seededRandom } from '../stream/random'
import { type RecordedRow, recorded } from '../stream/recorded'
import type { MadeStream, Scenario, Truth } from '../stream/truth'

type Features = Record<string, number | null>
interface Fault {
  readonly kinds: Truth['kinds']
  readonly subject: Truth['subject']
  readonly verdicts: NonNullable<Truth['verdicts']>
  apply(features: Features): void
}

/** Columns that may be bent, by set: numbers that move, and not the calendar. */
const bent = {
  elec2: ['nswdemand', 'vicdemand', 'transfer', 'nswprice'],
  'noaa-weather': ['temp', 'dew_point', 'sea_level_pressure', 'wind_avg', 'visibility'],
} as const
type Name = keyof typeof bent

/** The model: "the same as last time" for the market, a tree refitted every 100 days for the weather. */
function stream(
  scenario: string,
  name: Name,
  seed: string,
  rows: readonly RecordedRow[],
  fault?: (column: string, other: string, sd: number) => Fault,
): MadeStream {
  const random = seededRandom(`${scenario}/${seed}`)
  const [column, other] = [...bent[name]].sort(() => random.uniform() - 0.5) as [string, string]
  const at = Math.floor(rows.length * (0.35 + 0.45 * random.uniform()))
  const values = rows.slice(0, at).map((row) => row.features[column] as number)
  const mean = values.reduce((a, b) => a + b, 0) / at
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / at)
  const bend = fault?.(column, other, random.chance(0.5) ? sd : -sd)
  const lines = new Lines(name)
  const tree = refitted(1000, 100)
  let last = rows[0]?.label ?? ''
  let from = 0
  for (const [i, { ms, features, label }] of rows.entries()) {
    if (i === at) from = lines.next
    const seen: Features = { ...features }
    if (i >= at) bend?.apply(seen)
    const x = Object.values(seen).map((value) => value ?? 0)
    const id = lines.predict(ms, seen, name === 'elec2' ? last : tree.share(x) > 0.5 ? 'rain' : 'dry')
    lines.label(ms, id, label)
    tree.learn(x, label === 'rain')
    last = label
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
      f[column] = Number(((f[column] ?? 0) + sd).toPrecision(6))
    },
  }),
  unit: (column) => ({
    kinds: ['quality.range', 'drift.feature'],
    subject: { feature: column },
    verdicts: ['pipeline-bug'],
    apply: (f) => {
      f[column] = Number(((f[column] ?? 0) * 60).toPrecision(6))
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
      const value = f[column] as number
      f[column] = f[other] as number
      f[other] = value
    },
  }),
}

/** Recorded streams as they came, and with one fault put in from some row on. */
export const reals: readonly Scenario[] = (Object.keys(bent) as Name[]).flatMap((name) => {
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
