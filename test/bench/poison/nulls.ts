/**
 * Long streams with no attack in them, 2 to 20 classes, the whole configuration: false accusations promised against realised.
 *
 *   npx tsx test/bench/poison/nulls.ts [--classes 2,3,5,10,20] [--lines 1000000] [--seeds a,b]
 *
 * Each seed has its own law: numbers and categories, 20 to 200 origins by Zipf that each see another mix, in half of them labelers, in half a segment value in which
 * a third of the labels is noise. Nothing is written between but what is said falsely, on standard error.
 */
import { parseArgs } from 'node:util'
import { replay } from '@/ingest/replay'
import { type Random, seededRandom } from '../drift/stream/random'
import { makeLaw } from './base/law'
import { bent, dealer, zipfSources } from './base/sources'

const { values: args } = parseArgs({
  options: {
    classes: { type: 'string', default: '2,3,5,10,20' },
    lines: { type: 'string', default: '1000000' },
    seeds: { type: 'string', default: 'a' },
  },
})
const lines = Number(args.lines)
const perEvents = 100_000
const linesPerChunk = 500

function rowsOf(random: Random, classes: number): () => object {
  const numbers = 4 + random.below(4)
  const counts = [4 + random.below(5), 8 + random.below(30)]
  const law = makeLaw(random, { classes, numbers, values: counts, noise: random.pick([0.02, 0.04, 0.07, 0.11]) })
  const sources = zipfSources(random, 20 + random.below(181), 'vendor')
  const labelers = random.chance(0.5) ? Array.from({ length: 8 + random.below(33) }, (_, i) => `w${i}`) : []
  const regions = Array.from({ length: 5 }, (_, i) => `r${i}`)
  const hard = random.chance(0.5) ? random.below(regions.length) : -1
  const mixes = sources.ids.map(() => ({
    offset: Array.from({ length: numbers }, () => (random.chance(0.4) ? 0.3 * random.normal() : 0)),
    codes: counts.map((count) =>
      dealer(
        random,
        bent(
          random,
          Array.from({ length: count }, (_, i) => (i + 1.5) ** -0.9),
          0.3,
        ),
      ),
    ),
    region: dealer(
      random,
      bent(
        random,
        regions.map(() => 1),
        0.5,
      ),
    ),
  }))
  return () => {
    const at = sources.deal()
    const { offset, codes: deals, region: where } = mixes[at] as (typeof mixes)[number]
    const z = offset.map((shift) => Number((shift + random.normal()).toFixed(3)))
    const codes = deals.map((deal) => deal())
    const region = where()
    const k = region === hard && random.chance(0.3) ? random.below(classes) : law.draw(z, codes, random.uniform())
    return {
      model: 'null',
      origin: { id: sources.ids[at], kind: sources.kind },
      ...(labelers.length ? { labeler: random.pick(labelers) } : {}),
      features: {
        ...Object.fromEntries(z.map((value, j) => [`x${j}`, value])),
        ...Object.fromEntries(codes.map((code, c) => [`type${c}`, `v${code}`])),
      },
      segment: { region: regions[region] },
      label: `c${k}`,
    }
  }
}

async function* bytesOf(make: () => object) {
  for (let at = 0; at < lines; at += linesPerChunk) {
    let chunk = ''
    for (let i = at; i < Math.min(lines, at + linesPerChunk); i++) {
      const time = new Date(Date.UTC(2026, 0, 1) + i * 10_000).toISOString()
      chunk += `${JSON.stringify({ specversion: '1.0', id: `t-${i}`, source: '/null', type: 'ml.training.v1', time, data: make() })}\n`
    }
    yield Buffer.from(chunk)
  }
}

console.log(
  '| classes | seed | lines | promised at most | accusations | incidents of any kind | seconds |\n|---|---|---|---|---|---|---|',
)
for (const classes of (args.classes ?? '').split(',').map(Number))
  for (const seed of (args.seeds ?? '').split(',')) {
    const make = rowsOf(seededRandom(`nulls ${classes} ${seed}`), classes)
    const config = { models: { null: { task: 'classification' as const, budget: { falseIncidents: 1, perEvents } } } }
    const accused = new Set<string>()
    const incidents = new Set<string>()
    const began = performance.now()
    await replay(bytesOf(make), { config, golden: new Map(), scores: false }, (line) => {
      if (line.type === 'rejected') throw new Error(`line ${line.eventIndex}: ${line.reason}`)
      if (line.type !== 'finding') return
      incidents.add(line.incident)
      if (line.kind.startsWith('poison.')) accused.add(line.id)
      const { eventIds: _, ...subject } = line.subject
      console.error(`  ${classes} ${seed}: ${line.eventIndex} ${line.kind} ${JSON.stringify(subject)}: ${line.why}`)
    })
    const seconds = Math.round((performance.now() - began) / 1000)
    const promised = lines / perEvents
    console.log(`| ${[classes, seed, lines, promised, accused.size, incidents.size, seconds].join(' | ')} |`)
  }
