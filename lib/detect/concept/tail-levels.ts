/**
 * How far out does a size lie that comes once in so many rows, beyond what a sample showed?
 *
 * Law      sizes above the 80 % quantile u of the sample exceed x with probability .2·(1 + ξ(x − u)/β)^(−1/ξ) (generalised Pareto). ξ and β are not
 *          fitted but averaged over, each as likely as the sample makes it (ξ is held near .05, ± .2, before): the less is known, the heavier the tail.
 * Checked  a level that rows of the sample lie beyond has their share at least, one row more added.
 * Source   Pickands 1975; predictive tails: Coles & Tawn 1996, A Bayesian analysis of extreme rainfall data.
 */
export interface TailLevels {
  /** Ascending; the first is u. */
  levels: number[]
  /** Probability held for a size beyond each. */
  beyond: number[]
  /** The probability that each stands for, as the law was asked for it. */
  asked: number[]
}

const above = 0.2
const chances = [0.02, 0.008, 0.003, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5]
/** The law is a model: what it gives is held half as likely again. */
const inflated = 1.5
/** A level nearer than this to the one before it says nothing new. */
const apart = 0.6
const shapes = Array.from({ length: 12 }, (_, i) => (i === 2 ? 1e-6 : -0.2 + 0.1 * i))
const scales = Array.from({ length: 7 }, (_, i) => Math.exp(-0.45 + 0.15 * i))
const usual = { shape: 0.05, deviation: 0.2 }
const steps = 200
const [nearest, farthest] = [0.05, 1e6]

/** @param sorted ascending, not negative. @returns null where they are too few or all alike. */
export function tailLevels(sorted: Float64Array): TailLevels | null {
  const n = sorted.length
  const from = Math.floor((1 - above) * n)
  const u = sorted[from] as number
  const excess = sorted
    .subarray(from)
    .filter((x) => x > u)
    .map((x) => x - u)
  let mean = 0
  for (const x of excess) mean += x / excess.length
  if (excess.length < 20 || !(mean > 0) || !Number.isFinite(mean)) return null
  const exceeds = predictive(excess.map((x) => x / mean))
  const out: TailLevels = { levels: [u], beyond: [inflated * above], asked: [above] }
  for (const chance of chances) {
    const level = u + mean * quantileOfTail(exceeds, chance / above)
    let held = inflated * chance
    const rows = countAbove(sorted, level)
    if (rows > 0) held = Math.max(held, (rows + 1) / (n + 1))
    if (held > apart * (out.beyond.at(-1) as number)) continue
    out.levels.push(level)
    out.beyond.push(held)
    out.asked.push(chance)
  }
  return out
}

const distance = (step: number): number => nearest * (farthest / nearest) ** (step / (steps - 1))

/** Probability that an excess (in means) lies beyond each distance, averaged over what the sample leaves open. */
function predictive(excess: Float64Array): Float64Array {
  const laws: { shape: number; scale: number; nats: number }[] = []
  let best = Number.NEGATIVE_INFINITY
  for (const shape of shapes) {
    for (const factor of scales) {
      const scale = factor * Math.max(0.25, 1 - shape)
      let nats = -excess.length * Math.log(scale) - 0.5 * ((shape - usual.shape) / usual.deviation) ** 2
      for (const x of excess) {
        const z = 1 + (shape * x) / scale
        nats -= z > 0 ? (1 + 1 / shape) * Math.log(z) : Number.POSITIVE_INFINITY
      }
      if (!Number.isFinite(nats)) continue
      best = Math.max(best, nats)
      laws.push({ shape, scale, nats })
    }
  }
  const out = new Float64Array(steps)
  let all = 0
  for (const { shape, scale, nats } of laws) {
    const weight = Math.exp(nats - best)
    all += weight
    if (weight < 1e-9) continue
    for (let i = 0; i < steps; i++) {
      const z = 1 + (shape * distance(i)) / scale
      if (z > 0) out[i] = (out[i] as number) + weight * z ** (-1 / shape)
    }
  }
  return out.map((p) => p / all)
}

/** The distance beyond which a share p lies, between two steps on the scale of logarithms. */
function quantileOfTail(exceeds: Float64Array, p: number): number {
  let i = 0
  while (i < steps && (exceeds[i] as number) > p) i++
  if (i === 0) return distance(0)
  if (i === steps) return distance(steps - 1)
  const [high, low] = [Math.log(exceeds[i - 1] as number), Math.log(Math.max(1e-300, exceeds[i] as number))]
  return distance(i - 1 + (high - Math.log(p)) / (high - low))
}

function countAbove(sorted: Float64Array, level: number): number {
  let rows = 0
  for (let i = sorted.length - 1; i >= 0 && (sorted[i] as number) > level; i--) rows++
  return rows
}
