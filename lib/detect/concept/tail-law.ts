/**
 * How likely is a size beyond what a sample showed?
 *
 * Law      sizes above the 80 % quantile u of the sample exceed x with probability .2·(1 + ξ(x − u)/β)^(−1/ξ) (generalised Pareto). ξ and β are not
 *          fitted but averaged over, each as likely as the sample makes it (ξ is held near .05, ± .2, before): the less is known, the heavier the tail.
 * Source   Pickands 1975; predictive tails: Coles & Tawn 1996, A Bayesian analysis of extreme rainfall data.
 */
const above = 0.2
const shapes = Array.from({ length: 12 }, (_, i) => (i === 2 ? 1e-6 : -0.2 + 0.1 * i))
const scales = Array.from({ length: 7 }, (_, i) => Math.exp(-0.45 + 0.15 * i))
const usual = { shape: 0.05, deviation: 0.2 }

/** @param sorted ascending, not negative. @returns the probability of one beyond x (u at least); null where they are too few or all alike. */
export function tailOf(sorted: Float64Array): ((x: number) => number) | null {
  const u = sorted[Math.floor((1 - above) * sorted.length)] as number
  const excess = sorted.filter((x) => x > u).map((x) => x - u)
  let mean = 0
  for (const x of excess) mean += x / excess.length
  if (excess.length < 20 || !(mean > 0) || !Number.isFinite(mean)) return null
  const laws = likely(excess.map((x) => x / mean))
  return (x) => {
    let p = 0
    for (const { shape, scale, weight } of laws) {
      const z = 1 + (shape * Math.max(0, x - u)) / (mean * scale)
      if (z > 0) p += weight * z ** (-1 / shape)
    }
    return above * p
  }
}

/** Shapes and scales, each with its share of all likelihood. */
function likely(excess: Float64Array): { shape: number; scale: number; weight: number }[] {
  const laws: { shape: number; scale: number; weight: number }[] = []
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
      laws.push({ shape, scale, weight: nats })
    }
  }
  let all = 0
  for (const law of laws) {
    law.weight = Math.exp(law.weight - best)
    all += law.weight
  }
  for (const law of laws) law.weight /= all
  return laws.filter((law) => law.weight > 1e-9)
}
