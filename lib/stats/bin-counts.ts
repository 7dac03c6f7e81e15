/**
 * Counts by bin (a whole number, as `binOf` gives), for many additions and one reading. Open addressing with linear probing: neighbouring bins, as a
 * feature's values have them, fall into neighbouring slots.
 */
export class BinCounts {
  /** Bin and count in turn; a count of 0 is a free slot. A plain array: it is short-lived, and cheaper to make than a typed one. */
  private slots: number[] = free(firstSlots)
  private mask = firstSlots - 1
  size = 0

  add(bin: number, count = 1): void {
    const { slots, mask } = this
    let at = bin & mask
    for (let before = slots[2 * at + 1] as number; before !== 0; before = slots[2 * at + 1] as number) {
      if (slots[2 * at] === bin) {
        slots[2 * at + 1] = before + count
        return
      }
      at = (at + 1) & mask
    }
    slots[2 * at] = bin
    slots[2 * at + 1] = count
    if (++this.size * 2 > mask) this.grow()
  }

  /** Bins in ascending order, and their counts. */
  sorted(): { readonly bins: Int32Array; readonly count: (bin: number) => number } {
    const { slots, mask } = this
    const bins = new Int32Array(this.size)
    let n = 0
    for (let i = 0; i < slots.length; i += 2) if (slots[i + 1] !== 0) bins[n++] = slots[i] as number
    sortBins(bins)
    const count = (bin: number): number => {
      let at = bin & mask
      while (slots[2 * at + 1] !== 0) {
        if (slots[2 * at] === bin) return slots[2 * at + 1] as number
        at = (at + 1) & mask
      }
      return 0
    }
    return { bins, count }
  }

  private grow(): void {
    const before = this.slots
    this.mask = this.mask * 2 + 1
    this.slots = free(this.mask + 1)
    this.size = 0
    for (let i = 0; i < before.length; i += 2)
      if (before[i + 1] !== 0) this.add(before[i] as number, before[i + 1] as number)
  }
}

/** As many as the bins of some sixty values take: growing costs more than room. */
const firstSlots = 64

function free(slots: number): number[] {
  return new Array<number>(2 * slots).fill(0)
}

/** By insertion while they are few: a call into the engine's own sort costs more than that. */
function sortBins(bins: Int32Array): void {
  if (bins.length > 40) {
    bins.sort()
    return
  }
  for (let i = 1; i < bins.length; i++) {
    const bin = bins[i] as number
    let at = i
    while (at > 0 && (bins[at - 1] as number) > bin) {
      bins[at] = bins[at - 1] as number
      at--
    }
    bins[at] = bin
  }
}
