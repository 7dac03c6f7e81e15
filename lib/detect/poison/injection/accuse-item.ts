import type { Alarm } from '@/lib/detect/detector'
import { evidenceOfItem, type Item, isPushedUp, tail } from './items'

/** One voice with more of an item's ratings than this says something of itself, and is no campaign for the item. */
const mostOfOne = 0.5

/** Writes the accusation of those who push the item; those of them who went the other way are left out. Null where it is one account's doing. */
export function accuseItem(item: Item, eventIndex: number): Alarm | null {
  const up = isPushedUp(item)
  const pushing = item.suspects.filter(({ rank }) => (up ? rank < 2 * tail : rank > 1 - 2 * tail))
  const by = new Map<string, number>()
  for (const { origin, labeler = origin } of pushing) by.set(labeler, (by.get(labeler) ?? 0) + 1)
  if (Math.max(...by.values()) > mostOfOne * pushing.length) return null
  const worst = [...pushing].sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || a.index - b.index)
  const first = pushing[0] ?? item.suspects[0]
  const threshold = -Math.log(item.mass / item.updates)
  const effect = item.suspects.reduce((all, { z }) => all + z, 0) / item.suspects.length
  return {
    kind: 'poison.injection',
    unit: `${item.key}=${item.value}`,
    subject: { item: item.value, eventIds: worst.map(({ id }) => id).slice(0, 1000) },
    eventIndex,
    onsetIndex: first?.index ?? eventIndex,
    onsetTimeMs: first?.timeMs ?? 0,
    logE: threshold + Math.log(evidenceOfItem(item)),
    threshold,
    effect,
    effectUnit: 'mean rating beyond what the item and the rater make usual',
    n: item.suspects.length,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${by.size} new accounts rate ${item.key}=${item.value} ${up ? 'up' : 'down'}: ${pushing.length} of their ${item.suspects.length} ratings of it, by ${effect.toFixed(2)} in the mean`,
    test:
      `Their own severity is taken out, new accounts rate other items as everybody does, and few of other items' raters are new. ` +
      `New fans of an item that has just become known would look the same.`,
  }
}
