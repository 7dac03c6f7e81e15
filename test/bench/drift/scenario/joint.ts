import type { CategoryColumn, NumberColumn } from '../stream/columns'
import { anySeason, overDays } from '../stream/season'
import type { Follow, Scenario } from '../stream/truth'
import { manyValued, type Plan, scenario, type World } from '../stream/world'

const consequences: readonly Follow[] = ['drift.prediction', 'drift.label', 'drift.performance']

type Normals = ReadonlyMap<string, number>

/**
 * Columns whose margins stay as they are while what they have to do with one another changes. `number` gives the normal variate of a bent number, from its own and
 * those of the bent ones before it in the row; `category` the value of a category.
 */
function bent(
  w: World,
  numbers: readonly NumberColumn[],
  category: CategoryColumn | null,
  number: (late: boolean, at: number, own: number, before: Normals) => number,
  valueFor: (late: boolean, normals: Normals) => string | boolean | undefined = () => undefined,
): Plan {
  const order = w.columns.all.filter((column): column is NumberColumn => (numbers as unknown[]).includes(column))
  const normals = new Map<string, number>()
  const names = [...order.map(({ name }) => name), ...(category ? [category.name] : [])]
  return {
    labels: 'never',
    noSegment: true,
    rows: w.rows + 4000,
    latent: (i, column, z) => {
      const at = order.indexOf(column)
      if (at < 0) return z
      if (at === 0) normals.clear()
      const value = number(i >= w.begin, at, w.random.normal(), normals)
      normals.set(`${at}`, value)
      return value
    },
    row: (i, row) => {
      const value = category ? valueFor(i >= w.begin, normals) : undefined
      if (category && value !== undefined) row.features[category.name] = value
    },
    truths: (line) => [
      { kinds: ['drift.multivariate'], subject: { features: names }, from: line(w.begin), follows: consequences },
    ],
  }
}

const smooth = (w: World) => w.columns.numbers.filter((c) => c.shape.kind === 'smooth')
const signed = (w: World, size: number, sign: number) => sign * Math.abs(size) || w.random.normal()

/** A category drawn by weights, its order moved along by a variate: which values are likelier hangs on it, how many of each does not. */
function valueBy(column: CategoryColumn, u: number): string | boolean {
  const total = column.weights.reduce((a, b) => a + b, 0)
  let left = u * total
  for (const [i, weight] of column.weights.entries()) {
    left -= weight
    if (left < 0) return column.values[i] as string
  }
  return column.values.at(-1) as string
}
/** Share of the standard normal below z (logistic, near enough to keep a mix even). */
const below = (z: number) => 1 / (1 + Math.exp(-1.702 * z))

/** How columns go together changes in a way that no correlation shows; each column alone stays as it was. */
export const joints: readonly Scenario[] = [
  scenario('unseen', 'joint-either-or', (w) => {
    // The third is high where just one of the first two is: from then on, or until then.
    const begins = w.random.chance(0.5)
    const strength = 0.5 + 0.4 * w.random.uniform()
    return bent(w, smooth(w).slice(0, 3), null, (late, at, own, before) => {
      if (at < 2 || late !== begins || !w.random.chance(strength)) return own
      return signed(w, own, Math.sign((before.get('0') as number) * (before.get('1') as number)))
    })
  }),
  scenario('unseen', 'joint-ring', (w) => {
    // Two numbers on a ring, of which each then goes its own way; uncorrelated before and after.
    const begins = w.random.chance(0.5)
    let angle = 0
    return bent(w, smooth(w).slice(0, 2), null, (late, at) => {
      if (at === 0 || late !== begins) angle = 2 * Math.PI * w.random.uniform()
      return 1.3 * (at === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.25 * w.random.normal()
    })
  }),
  scenario('unseen', 'joint-spread', (w) => {
    // One number tells how far another spreads.
    const begins = w.random.chance(0.5)
    return bent(w, smooth(w).slice(0, 2), null, (late, at, own, before) => {
      if (at === 0) return own
      const wide = late === begins ? (before.get('0') as number) > 0 : w.random.chance(0.5)
      return (wide ? 1.5 : 0.6) * own
    })
  }),
  scenario('unseen', 'joint-number-category', (w) => {
    // Values of a category went with higher or lower numbers.
    const column = manyValued(w)
    const begins = w.random.chance(0.5)
    return bent(
      w,
      smooth(w).slice(0, 1),
      column,
      (_, __, own) => own,
      (late, normals) => {
        const z = late === begins ? 0.7 * (normals.get('0') as number) + 0.71 * w.random.normal() : w.random.normal()
        return valueBy(column, below(z))
      },
    )
  }),
  scenario('unseen', 'joint-categories', (w) => {
    // Two categories that went together let go of each other.
    const [a, b] = w.columns.categories.filter((c) => c.values.length > 2) as [CategoryColumn, CategoryColumn?]
    const other = b?.name ?? 'is_member'
    const strength = 0.5 + 0.3 * w.random.uniform()
    return {
      labels: 'never',
      noSegment: true,
      rows: w.rows + 4000,
      row: (i, row) => {
        const u = w.random.uniform()
        const same = i < w.begin && w.random.chance(strength) ? u : w.random.uniform()
        row.features[a.name] = valueBy(a, u)
        row.features[other] = b ? valueBy(b, same) : same < 0.5
      },
      truths: (line) => [
        {
          kinds: ['drift.multivariate'],
          subject: { features: [a.name, other] },
          from: line(w.begin),
          follows: consequences,
        },
      ],
    }
  }),
  scenario('unseen', 'joint-by-group', (w) => {
    // Two numbers go together in one half of a flag's rows and against each other in the rest; then the halves change places.
    const [a, b] = smooth(w) as [NumberColumn, NumberColumn]
    const flag = 'is_returning'
    const rho = 0.5 + 0.3 * w.random.uniform()
    let isUp = false
    const plan = bent(w, [a, b], null, (late, at, own, before) => {
      if (at === 0) {
        isUp = w.random.chance(0.5)
        return own
      }
      return (isUp !== late ? rho : -rho) * (before.get('0') as number) + Math.sqrt(1 - rho * rho) * own
    })
    return {
      ...plan,
      row: (_, row) => {
        row.features[flag] = isUp
      },
      truths: (line) => [
        {
          kinds: ['drift.multivariate'],
          subject: { features: [a.name, b.name, flag] },
          from: line(w.begin),
          follows: consequences,
        },
      ],
    }
  }),
  scenario('unseen', 'joint-in-season', (w) => {
    // Columns that go with the hours: two of them let go of each other, or three stop their either-or.
    const isPair = w.random.chance(0.5)
    const plan = bent(w, smooth(w).slice(0, isPair ? 2 : 3), null, (late, at, own, before) => {
      if (late || at === 0 || (!isPair && at < 2)) return own
      const first = before.get('0') as number
      return isPair ? 0.7 * first + 0.71 * own : signed(w, own, Math.sign(first * (before.get('1') as number)))
    })
    const rows = w.rows + 12_000
    const times = overDays(w.random, rows, 24, w.random.chance(0.7))
    const season = anySeason(w.random, w.columns.numbers, 'none')
    const shift = Math.floor(0.55 * rows) - w.begin
    const truths = plan.truths as NonNullable<Plan['truths']>
    return {
      ...plan,
      rows,
      clock: (i) => times[i] as number,
      latent: (i, column, z) => (plan.latent?.(i - shift, column, z) as number) + season(column, times[i] as number),
      truths: (line) => truths((i) => line(i + shift)),
    }
  }),
]
