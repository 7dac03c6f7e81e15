import { type Random, seededRandom } from '../stream/random'
import type { Scenario, Truth } from '../stream/truth'
import { scenario, type World } from '../stream/world'

const syllables =
  'ba be bi bo ca ce co da de di do fa fe fi fo ga ge la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi zu'.split(
    ' ',
  )

/** An invented language: words by frequency (Zipf), some of which belong to a topic. */
function language(key: string, words: number): readonly string[] {
  const random = seededRandom(key)
  return Array.from({ length: words }, () =>
    Array.from({ length: 1 + random.below(3) }, () => random.pick(syllables)).join(''),
  )
}
const zipf = (random: Random, count: number) =>
  Math.min(count - 1, Math.floor(Math.exp(random.uniform() * Math.log(count + 1)) - 1))

interface Speech {
  readonly common: readonly string[]
  readonly topics: readonly (readonly string[])[]
  readonly shares: readonly number[]
  readonly length: number
}

const speechOf = (w: World, key: string): Speech => ({
  common: language(`${key}/common`, 900),
  topics: [0, 1, 2, 3].map((t) => language(`${key}/topic ${t}`, 150)),
  shares: [0.5, 0.3, 0.2, 0],
  length: 8 + w.random.below(20),
})

function say(random: Random, speech: Speech): string {
  const topic = random.pick(speech.topics, speech.shares)
  const count = Math.max(1, Math.round(speech.length * Math.exp(0.4 * random.normal())))
  return Array.from({ length: count }, () =>
    random.chance(0.35) ? topic[zipf(random, topic.length)] : speech.common[zipf(random, speech.common.length)],
  ).join(' ')
}

const spoken = (
  name: string,
  bend: (usual: Speech, w: World) => (i: number) => Speech,
  group: Scenario['group'] = 'unseen',
): Scenario =>
  scenario(
    group,
    name,
    (w) => {
      const usual = speechOf(w, `${name} ${w.random.uniform()}`)
      const at = bend(usual, w)
      const truth = (from: number): Truth => ({
        kinds: ['drift.feature', 'drift.multivariate'],
        subject: { feature: 'text' },
        orSubjects: [{}, { feature: 'text.length' }, { feature: 'text.vocabulary' }, { feature: 'text.words' }],
        from,
        verdicts: ['benign-shift', 'undetermined'],
      })
      return {
        labels: 'late',
        more: (i) => ({ text: say(w.random, i >= w.begin ? at(i) : usual) }),
        ...(group === 'null' ? {} : { truths: (line: (i: number) => number) => [truth(line(w.begin))] }),
      }
    },
    { rows: 12_000, features: 8 },
  )

/** Texts beside a few columns: what people write about, and how, changes. */
export const texts: readonly Scenario[] = [
  spoken('null-text', (usual) => () => usual, 'null'),
  spoken('text-topic', (usual) => () => ({ ...usual, shares: [0.4, 0.25, 0.15, 0.2] })),
  spoken('text-length', (usual) => () => ({ ...usual, length: usual.length * 1.35 })),
  spoken('text-language', (usual, w) => {
    const other: Speech = {
      ...usual,
      common: language(`other ${w.begin}`, 900).map((s) => `${s}ün`),
      topics: usual.topics.map((t) => t.map((s) => `${s}ça`)),
    }
    return () => (w.random.chance(0.05) ? other : usual)
  }),
]
