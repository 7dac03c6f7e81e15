import { seededRandom } from '../stream/random'
import { rearranged } from '../stream/rearrange'
import type { MadeStream, Scenario } from '../stream/truth'
import { concepts } from './concept'
import { inputs } from './inputs'
import { nulls } from './nulls'
import { qualities } from './quality'

const known = [...nulls, ...inputs, ...qualities, ...concepts]
const make = (name: string, seed: string): MadeStream => {
  const found = known.find((s) => s.name === name)
  if (!found) throw new Error(`no scenario ${name}`)
  return found.make(seed)
}

/** Lines of several streams in turn, by chance, each stream in its own order. */
function interleaved(name: string, seed: string, streams: readonly MadeStream[]): MadeStream {
  const random = seededRandom(`${name}/${seed}`)
  const next = streams.map(() => 0)
  const order: { stream: number; line: number }[] = []
  for (;;) {
    const left = streams.map((s, i) => s.lines.length - (next[i] as number))
    if (left.every((n) => n === 0)) break
    const stream = random.pick(
      streams.map((_, i) => i),
      left,
    )
    const line = next[stream] as number
    order.push({ stream, line })
    next[stream] = line + 1
  }
  return rearranged(name, seed, streams, order)
}

/** Every line up to `reach` places late, so that labels come before their predictions and time goes back and forth. */
function disordered(name: string, seed: string, stream: MadeStream, reach: number, share: number): MadeStream {
  const random = seededRandom(`${name}/${seed}`)
  const at = stream.lines.map((_, line) => ({
    stream: 0,
    line,
    place: line + (random.chance(share) ? reach * random.uniform() : 0),
  }))
  return rearranged(
    name,
    seed,
    [stream],
    at.sort((a, b) => a.place - b.place || a.line - b.line),
  )
}

const from = (group: Scenario['group'], name: string, stream: (seed: string) => MadeStream): Scenario => ({
  name,
  group,
  make: stream,
})

/** Files as they are: several models in one, lines late and out of order. */
export const orders: readonly Scenario[] = [
  from('unseen', 'models-interleaved', (seed) =>
    interleaved('models-interleaved', seed, [
      make('null-iid', `${seed}/a`),
      make('shift-06sd-labels', `${seed}/b`),
      make('null-late-labels', `${seed}/c`),
    ]),
  ),
  from('unseen', 'models-interleaved-concept', (seed) =>
    interleaved('models-interleaved-concept', seed, [
      make('concept-immediate', `${seed}/a`),
      make('null-iid-25', `${seed}/b`),
      make('null-regression', `${seed}/c`),
    ]),
  ),
  from('unseen', 'disordered-shift', (seed) =>
    disordered('disordered-shift', seed, make('shift-06sd-labels', `${seed}/d`), 60, 1),
  ),
  from('unseen', 'disordered-concept', (seed) =>
    disordered('disordered-concept', seed, make('concept-immediate', `${seed}/d`), 300, 0.3),
  ),
  from('unseen', 'disordered-outage', (seed) =>
    disordered('disordered-outage', seed, make('feature-outage', `${seed}/d`), 30, 0.5),
  ),
  from('null', 'null-disordered', (seed) =>
    disordered('null-disordered', seed, make('null-iid', `${seed}/d`), 500, 0.2),
  ),
]
