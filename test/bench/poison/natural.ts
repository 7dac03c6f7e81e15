/**
 * Real people as sources: comment authors, and crowd workers of unequal skill, as labelers and as origins. Then one who turns labels.
 * `npx tsx test/bench/poison/natural.ts [--seeds 1,2]`, with ASSAY_DATA set.
 */
import { seeded } from '@/lib/demo/seeded'
import type { RealRow } from './sets'
import { isThere, loadSet } from './sets'
import type { Stream } from './stream'
import { watch } from './watch'

const at = process.argv.indexOf('--seeds')
const seeds = (at >= 0 ? (process.argv[at + 1] ?? '') : '41,42').split(',').map(Number)

type As = 'origin' | 'labeler'
function natural(rows: readonly RealRow[], as: As, turn?: (row: RealRow, index: number) => boolean): Stream {
  const labels = [...new Set(rows.map((row) => row.label))]
  const turned = new Set<string>()
  const arrivals = rows.map((real, index) => {
    const id = `t-${index}`
    const isTurned = turn?.(real, index) ?? false
    if (isTurned) turned.add(id)
    const label = isTurned ? (labels.find((other) => other !== real.label) as string) : real.label
    const who =
      as === 'origin'
        ? { origin: { id: real.author ?? '', kind: 'user' } }
        : { origin: { id: 'crowd', kind: 'crowd' }, labeler: real.author ?? '' }
    const data = { model: 'bench', features: {}, ...real.row, label, ...who }
    return { index, event: { type: 'ml.training.v1' as const, id, source: '/bench', timeMs: index * 60_000, data } }
  })
  return { arrivals, turned, firstTurned: arrivals.findIndex((a) => turned.has(a.event.id)), rowsOfAttacker: () => 0 }
}

for (const set of (['youtube', 'rte'] as const).filter(isThere))
  for (const as of ['origin', 'labeler'] as const)
    for (const seed of seeds) {
      const rows = loadSet(set, seed)
      const honest = watch(natural(rows, as))
      const counts = new Map<string, number>()
      for (const row of rows) counts.set(row.author ?? '', (counts.get(row.author ?? '') ?? 0) + 1)
      const uniform = seeded(seed)
      const busy = [...counts].filter(([, n]) => n >= (set === 'rte' ? 300 : 6)).map(([id]) => id)
      const attacker = busy[Math.floor(uniform() * busy.length)] ?? ''
      const from = rows.length * (set === 'rte' ? 0.3 : 0)
      const attacked = watch(natural(rows, as, (row, index) => row.author === attacker && index > from))
      const say = (alarms: typeof honest.alarms) =>
        alarms.map((a) => `${a.unit} at ${a.eventIndex} (${a.why})`).join('; ') || 'nobody'
      console.log(`${set}, people as ${as}s, seed ${seed}: honest: ${say(honest.alarms)}`)
      console.log(`  ${attacker} (${counts.get(attacker)} rows) turns all its labels: ${say(attacked.alarms)}`)
    }
