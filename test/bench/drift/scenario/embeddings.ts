import type { Scenario } from '../stream/truth'
import { scenario, type World } from '../stream/world'

type Vector = readonly number[]

/** Points around a few centres, as encoders place texts or pictures; of unit length. */
function cloud(w: World) {
  const size = w.random.pick([8, 16, 32, 64])
  const direction = () => unit(Array.from({ length: size }, () => w.random.normal()))
  const centres = Array.from({ length: 5 }, direction)
  const near = (centre: Vector, spread = 0.35) =>
    unit(centre.map((x) => x + (spread * w.random.normal()) / Math.sqrt(size / 8)))
  return { direction, centres, near, usual: () => near(w.random.pick(centres, [4, 3, 2, 1, 1])) }
}
const unit = (v: Vector): Vector => {
  const length = Math.hypot(...v)
  return v.map((x) => Number((x / length).toFixed(4)))
}

const embedded = (
  name: string,
  bend: (w: World, c: ReturnType<typeof cloud>) => (i: number) => Vector,
  group: Scenario['group'] = 'unseen',
): Scenario =>
  scenario(
    group,
    name,
    (w) => {
      const c = cloud(w)
      const at = bend(w, c)
      return {
        labels: 'never',
        more: (i) => ({ embedding: i >= w.begin ? at(i) : c.usual() }),
        ...(group === 'null'
          ? {}
          : {
              truths: (line: (i: number) => number) => [
                {
                  kinds: ['drift.multivariate', 'drift.feature'],
                  subject: { feature: 'embedding' },
                  orSubjects: [{}],
                  from: line(w.begin),
                  verdicts: ['benign-shift', 'undetermined'],
                },
              ],
            }),
      }
    },
    { rows: 14_000, features: 8 },
  )

/** Embeddings: a new cluster, another mix of the old ones, a turn of the whole cloud. */
export const embeddings: readonly Scenario[] = [
  embedded('null-embedding', (_, c) => () => c.usual(), 'null'),
  embedded('embedding-new-cluster', (w, c) => {
    const fresh = c.direction()
    return () => (w.random.chance(0.08) ? c.near(fresh) : c.usual())
  }),
  embedded('embedding-mix', (w, c) => () => c.near(w.random.pick(c.centres, [2, 3, 4, 1, 1]))),
  embedded('embedding-moved', (_, c) => {
    const by = c.direction()
    return () => unit(c.usual().map((x, j) => x + 0.25 * (by[j] as number)))
  }),
  embedded('embedding-encoder', (_, c) => () => {
    // Another encoder: the same texts, other axes.
    const [first, ...rest] = c.usual() as [number, ...number[]]
    return [...rest, first]
  }),
]
