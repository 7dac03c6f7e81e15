import type { Random } from './random'

/** When a prediction's label comes: within three predictions, after one to four thousand, for a third of them, or not at all. */
export type Labels = 'prompt' | 'late' | 'part' | 'never'

/** Takes each prediction's label; gives those that arrive now. `delay`, in predictions, where the mode is not enough. */
export function labelQueue<L>(
  random: Random,
  labels: Labels,
  delay?: (i: number, label: L) => number,
): (i: number, id: string, label: L) => { of: string; value: L }[] {
  const waiting = new Map<number, { of: string; value: L }[]>()
  const late = 600 + random.below(2400)
  const usual = {
    prompt: () => random.below(3),
    late: () => late + random.below(1 + (late >> 2)),
    part: () => random.below(400),
    never: () => 0,
  }
  return (i, id, value) => {
    if (labels !== 'never' && !(labels === 'part' && random.chance(0.67))) {
      const due = i + (delay ? delay(i, value) : usual[labels]())
      const at = waiting.get(due)
      if (at) at.push({ of: id, value })
      else waiting.set(due, [{ of: id, value }])
    }
    const arrived = waiting.get(i) ?? []
    waiting.delete(i)
    return arrived
  }
}
