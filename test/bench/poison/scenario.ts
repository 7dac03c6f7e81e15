import { hashUniform } from '@/lib/stats/hash-uniform'
import { seededRandom } from '../drift/stream/random'
import { attacks } from './attack'
import type { Attack, Told } from './attack/attack'
import { numbered } from './attack/deletions'
import { bases } from './base'
import type { Base, BaseMaker } from './base/base'
import { deployed, trainingLine } from './deploy'
import type { PoisonStream } from './score/truth'

/** Every base with every attack: `text/flip-2%`. */
export const names: readonly string[] = bases.flatMap((base) => attacks.map((attack) => `${base.name}/${attack.name}`))

// The last base made: its attacks come one after another.
let last: { key: string; base: Base } | null = null

function baseOf(maker: BaseMaker, seed: string): Base {
  const key = `${maker.name} ${seed}`
  if (last?.key !== key) last = { key, base: maker.make(seed) }
  return last.base
}

/** @returns the stream, or null where the attack cannot be done to such rows. */
export function makeStream(name: string, seed: string): PoisonStream | null {
  const [baseName, attackName] = name.split('/')
  const maker = bases.find((b) => b.name === baseName) as BaseMaker
  const attack = attacks.find((a) => a.name === attackName) as Attack
  const base = baseOf(maker, seed)
  const key = `${name} ${seed}`
  const played = attack.play(base, key, seededRandom(`play ${key}`))
  if (!played) return null
  const u = (what: string) => hashUniform(`stream ${what} ${key}`, 0)
  const feed = u('numbered') < 0.4 && !played.gaps ? numbered(played.feed) : played.feed
  const lines = u('deployed') < 0.35 ? deployed(base, feed, key) : feed.map(trainingLine)
  const rows = new Set(played.told?.rows ?? played.bad ?? [])
  const badLines = linesOf(base, lines, rows, played.told?.gone === true)
  const config = { ...base.config, budget: { perEvents: 100_000 } }
  return {
    name,
    base: base.name,
    attack: attack.name,
    seed,
    real: base.real,
    model: base.feed[0]?.data.model ?? '',
    lines,
    config: u('task') < 0.25 && base.config.task !== 'authorization' ? { budget: config.budget } : config,
    golden: u('golden') < 0.5 ? goldenOf(base) : [],
    told: played.told && { ...(played.told as Told), from: badLines[0] ?? 0 },
    badLines,
    bad: played.told?.gone ? new Set() : rows,
    careless: new Set([...(base.careless ?? []), ...(played.careless ?? [])]),
  }
}

const goldenOf = (base: Base) =>
  base.clean.slice(0, 500).map(({ features, text, embedding, segment, label }) => ({
    features,
    label,
    ...(text === undefined ? {} : { text }),
    ...(embedding ? { embedding } : {}),
    ...(segment ? { segment } : {}),
  }))

/** Where the rows stand; those that were taken away would have stood after the row that came before them. */
function linesOf(base: Base, lines: readonly object[], rows: ReadonlySet<string>, gone: boolean): number[] {
  const ids = lines.map((line) => (line as { id: string }).id)
  if (!gone) return ids.flatMap((id, i) => (rows.has(id) ? [i] : []))
  const at = new Map(ids.map((id, i) => [id, i]))
  let before = 0
  return base.feed.flatMap(({ id }) => {
    before = at.get(id) ?? before
    return rows.has(id) ? [before + 1] : []
  })
}
