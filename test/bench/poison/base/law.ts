import type { Random } from '../../drift/stream/random'

/** A rule from numbers and categories to classes: linear parts, interactions, a wave, an effect of each category; noise by temperature. */
export interface Law {
  readonly classes: number
  scores(z: readonly number[], codes: readonly number[]): number[]
  /** The class drawn from the softmax of the scores at the law's temperature. */
  draw(z: readonly number[], codes: readonly number[], u: number): number
}

interface Shape {
  readonly classes: number
  readonly numbers: number
  /** How many values each category has. */
  readonly values: readonly number[]
  /** Share of rows that even a perfect model gets wrong. */
  readonly noise: number
}

export function makeLaw(random: Random, { classes, numbers, values, noise }: Shape): Law {
  const linear = Array.from({ length: classes }, () =>
    Array.from({ length: numbers }, () => (random.chance(0.6) ? random.normal() : 0)),
  )
  const pairs = Array.from({ length: 2 + (classes >> 1) }, () => ({
    a: random.below(numbers),
    b: random.below(numbers),
    to: random.below(classes),
    weight: random.normal(),
  }))
  const wave = { of: random.below(numbers), to: random.below(classes), weight: 1 + random.uniform() }
  const effects = values.map((count) =>
    Array.from({ length: count }, () => Array.from({ length: classes }, () => 0.7 * random.normal())),
  )
  const scores = (z: readonly number[], codes: readonly number[]) => {
    const s = new Array<number>(classes).fill(0)
    for (let k = 0; k < classes; k++) {
      const w = linear[k] as number[]
      let sum = 0
      for (let j = 0; j < numbers; j++) sum += (w[j] as number) * (z[j] as number)
      for (let c = 0; c < codes.length; c++) sum += effects[c]?.[codes[c] as number]?.[k] ?? 0
      s[k] = sum
    }
    for (const { a, b, to, weight } of pairs) s[to] = (s[to] as number) + weight * (z[a] as number) * (z[b] as number)
    s[wave.to] = (s[wave.to] as number) + wave.weight * Math.sin(2 * (z[wave.of] as number))
    return s
  }
  // The temperature that gives the wanted noise, by bisection on 400 rows.
  const sample = Array.from({ length: 400 }, () =>
    scores(
      Array.from({ length: numbers }, () => random.normal()),
      values.map((count) => random.below(count)),
    ),
  )
  let low = 0.01
  let high = 10
  for (let i = 0; i < 25; i++) {
    const middle = Math.sqrt(low * high)
    const wrong = sample.reduce((sum, s) => sum + 1 - Math.max(...softmax(s, middle)), 0) / sample.length
    if (wrong < noise) low = middle
    else high = middle
  }
  const draw = (z: readonly number[], codes: readonly number[], u: number) => {
    let left = u
    const p = softmax(scores(z, codes), low)
    const at = p.findIndex((q) => {
      left -= q
      return left < 0
    })
    return at < 0 ? classes - 1 : at
  }
  return { classes, scores, draw }
}

function softmax(scores: readonly number[], temperature: number): number[] {
  const top = Math.max(...scores)
  const e = scores.map((s) => Math.exp((s - top) / temperature))
  const sum = e.reduce((a, b) => a + b, 0)
  return e.map((v) => v / sum)
}
