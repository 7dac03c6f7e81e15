import type { MadeStream } from './truth'
import { makeWorld, number } from './world'

const rows = 16_000
const begin = (seed: string) => 6000 + (([...seed].reduce((s, c) => s * 31 + c.charCodeAt(0), 7) >>> 0) % 3000)
const turned = (row: Parameters<typeof number>[0]) => -1.2 * ((number(row, 'load') - 10) / 2) + 0.3

/** The world's rule, or the model, goes wrong. */
export const concepts: readonly ((seed: string) => MadeStream)[] = [
  (seed) => {
    const at = begin(seed)
    return makeWorld('concept-prompt', seed, rows, { rule: rule(at) }, (line) => [
      { kinds: ['drift.concept'], subject: {}, from: line(at), verdicts: ['concept-change'], follows: ['drift.label'] },
    ])
  },
  (seed) => {
    const at = begin(seed)
    return makeWorld('concept-late-labels', seed, rows, { rule: rule(at), labelDelay: 1500 }, (line) => [
      { kinds: ['drift.concept'], subject: {}, from: line(at), verdicts: ['concept-change'], follows: ['drift.label'] },
    ])
  },
  (seed) => {
    const at = begin(seed)
    const answer = (row: Parameters<typeof number>[0], i: number) => (i >= at ? turned(row) : undefined) as number
    return makeWorld('bad-version', seed, rows, { answer, version: (i) => (i >= at ? 'v2' : 'v1') }, (line) => [
      {
        kinds: ['drift.concept', 'drift.prediction', 'drift.performance'],
        subject: {},
        from: line(at),
        verdicts: ['model-regression'],
        follows: ['drift.prediction', 'drift.performance'],
      },
    ])
  },
]

function rule(at: number) {
  return (row: Parameters<typeof number>[0], i: number) => (i >= at ? turned(row) : undefined) as number
}
