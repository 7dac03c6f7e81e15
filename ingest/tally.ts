/** Messages of the last minute, taken and refused, in twelve slots of five seconds. */
export interface Tally {
  count(events: number, refused: number): void
  perMinute(): { taken: number; refused: number }
  /** More than half of a minute's messages were refused, and more than a hundred: a bad producer, or an attack. */
  flood(): boolean
}

const slotMs = 5000
const slots = 12

export function createTally(nowMs: () => number): Tally {
  const ring = Array.from({ length: slots }, () => ({ slot: -1, taken: 0, refused: 0 }))
  const current = () => Math.floor(nowMs() / slotMs)
  const perMinute = () => {
    const oldest = current() - slots
    const sum = { taken: 0, refused: 0 }
    for (const entry of ring) {
      if (entry.slot <= oldest) continue
      sum.taken += entry.taken
      sum.refused += entry.refused
    }
    return sum
  }
  return {
    count(events, refused) {
      const slot = current()
      const entry = ring[slot % slots] as (typeof ring)[number]
      if (entry.slot !== slot) Object.assign(entry, { slot, taken: 0, refused: 0 })
      entry.taken += events + refused
      entry.refused += refused
    },
    perMinute,
    flood() {
      const { taken, refused } = perMinute()
      return refused > 100 && refused * 2 > taken
    },
  }
}
