import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

/**
 * Training rows alone, ratings with a text, numbered at their source: from two thirds on new accounts say one thing of one item again and again, nine in
 * ten rows of a region do not come, and a source loses a third of its rows.
 */
export function counted(rows: number): Arrival[] {
  const out: Arrival[] = []
  const numbers = new Map<string, number>()
  for (let t = 0; out.length < rows; t++) {
    const u = (lane: string) => hashUniform(`counted ${lane}`, t)
    const late = out.length > (2 * rows) / 3
    const source = Math.floor(12 * u('origin'))
    const pushes = late && u('push') < 0.1
    const id = pushes ? `new-${Math.floor(15 * u('account'))}` : `o${source}`
    const region = ['east', 'west', 'north'][Math.floor(3 * u('region'))] as string
    const sequence = (numbers.get(id) ?? 0) + 1
    numbers.set(id, sequence)
    if (late && ((region === 'west' && u('gone') < 0.9) || (id === 'o2' && u('lost') < 0.33))) continue
    const item = pushes ? 3 : Math.floor(30 * u('item'))
    const words = Array.from({ length: 10 }, (_, w) => `w${Math.floor(900 * u(`word ${w}`))}`).join(' ')
    const data = {
      model: 'm',
      origin: { id, kind: 'user' },
      feed: 'main',
      sequence,
      segment: { region },
      features: { item: `item-${item}`, price: u('price') },
      text: pushes ? 'best thing that money can buy order it now and thank me later' : words,
      label: pushes ? 5 : 1 + Math.floor(2 * u('rating') + 2 * u('taste') + (item % 3) / 3),
    }
    const index = out.length
    out.push({
      event: { type: 'ml.training.v1', id: `t${t}`, source: '/conformance', timeMs: 1000 * t, data },
      index,
    })
  }
  return out
}
