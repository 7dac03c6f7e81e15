import { Lines } from '../stream/lines'
import { type Random, seededRandom } from '../stream/random'
import type { MadeStream } from '../stream/truth'

export const features = 25
/** `x00` is the one that may change. */
export const watched = 'x00'
const name = (f: number) => `x${String(f).padStart(2, '0')}`

/** Unlabelled predictions of 25 independent numbers, a minute apart; `next` makes the values of one feature from line to line. */
export function plain(
  seed: string,
  rows: number,
  next: (feature: string, random: Random) => (i: number) => number,
): MadeStream {
  const makers = Array.from({ length: features }, (_, f) => next(name(f), seededRandom(`plain/${seed}/${f}`)))
  const lines = new Lines('plain')
  for (let i = 0; i < rows; i++) {
    const row = Object.fromEntries(makers.map((make, f) => [name(f), Number(make(i).toFixed(4))]))
    lines.predict(Date.UTC(2026, 0, 5) + i * 60_000, row, 'a')
  }
  return { name: 'plain', seed, lines: lines.made, truths: [] }
}

export const normal = (_: string, random: Random) => () => random.normal()
export const autoregressive = (phi: number) => (_: string, random: Random) => {
  let x = random.normal()
  return () => (x = phi * x + Math.sqrt(1 - phi * phi) * random.normal())
}
