import { anyClock } from '../stream/clock'
import { Lines } from '../stream/lines'
import { type Random, seededRandom } from '../stream/random'
import { fitRegressor } from '../stream/regressor'
import type { MadeStream, Scenario } from '../stream/truth'

const { sin, cos, exp, PI } = Math
type X = readonly number[]
/** Friedman's law with its five columns at the places given. */
const law = (a: number, b: number, c: number, d: number, e: number) => (x: X) =>
  10 * sin(PI * v(x, a) * v(x, b)) + 20 * (v(x, c) - 0.5) ** 2 + 10 * v(x, d) + 5 * v(x, e)
const v = (x: X, i: number) => x[i] as number
const before = law(0, 1, 2, 3, 4)

/** In two corners of the space the law is another (1.6 % of the rows). */
function local(x: X): number {
  const linear = 20 * (v(x, 2) - 0.5)
  if (v(x, 1) < 0.3 && v(x, 2) < 0.3 && v(x, 3) > 0.7 && v(x, 4) < 0.3)
    return 10 * v(x, 0) * v(x, 1) + linear + 10 * v(x, 3) + 5 * v(x, 4)
  if (v(x, 1) > 0.7 && v(x, 2) > 0.7 && v(x, 3) < 0.3 && v(x, 4) > 0.7)
    return 10 * cos(v(x, 0) * v(x, 1)) + linear + exp(v(x, 3)) + 5 * v(x, 4) ** 2
  return before(x)
}

/** What holds `since` predictions after the change. */
const after: Record<string, (x: X, since: number, random: Random) => number> = {
  gra: law(3, 5, 1, 0, 2),
  gsg: (x, since, random) => (since < 500 && random.chance(0.5) ? before(x) : law(3, 4, 1, 0, 2)(x)),
  lea: local,
}

/**
 * FriedmanDrift (Ikonomovska et al. 2011) as in arXiv 2603.13156: 2,500 stable and 2,500 drifted rows under a fixed regressor. `at` moves the change,
 * `rows` is the whole length.
 */
export function friedman(kind: 'gra' | 'gsg' | 'lea', seed: string, at = 2500, rows = 5000): MadeStream {
  const name = `friedman-${kind}`
  const random = seededRandom(`${name}/${seed}`)
  const draw = () => Array.from({ length: 10 }, () => random.uniform())
  const train = Array.from({ length: 3000 }, draw)
  const model = fitRegressor(
    random,
    train,
    train.map((x) => before(x) + random.normal()),
  )
  const lines = new Lines(name)
  const clock = anyClock(random)
  let from = 0
  for (let i = 0; i < rows; i++) {
    if (i === at) from = lines.next
    const x = draw().map((value) => Number(value.toFixed(4)))
    const y = (i < at ? before(x) : (after[kind] as (typeof after)[string])(x, i - at, random)) + random.normal()
    const ms = clock()
    const id = lines.predict(
      ms,
      Object.fromEntries(x.map((value, j) => [String(j), value])),
      Number(model(x).toFixed(4)),
    )
    lines.label(ms, id, Number(y.toFixed(4)))
  }
  const truth = {
    kinds: ['drift.concept'],
    subject: {},
    from,
    verdicts: ['concept-change'],
    follows: ['drift.label', 'drift.performance'],
  } as const
  return { name, seed, lines: lines.made, truths: [kind === 'gsg' ? { ...truth, completeAt: from + 1000 } : truth] }
}

const jittered = (kind: 'gra' | 'gsg' | 'lea'): Scenario => ({
  name: `friedman-${kind}`,
  group: 'core',
  make(seed) {
    const random = seededRandom(`friedman place/${kind}/${seed}`)
    const at = 2400 + random.below(2500)
    return friedman(kind, seed, at, at + (kind === 'lea' ? 5000 : 3000))
  },
})

/** The three kinds, the change at a jittered place. */
export const friedmans: readonly Scenario[] = [jittered('gra'), jittered('gsg'), jittered('lea')]
