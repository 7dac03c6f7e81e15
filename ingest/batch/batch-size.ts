/** Messages that a batch takes however long they take, if so many are allowed. */
const least = 10_000
const aimMs = 2000

/**
 * How many messages a batch takes. The more, the less each costs: sketches, samples and statements come once a batch, and sorted identities meet
 * in the same pages. But its rows are held until it commits, others may wait for them, and after a crash it is read again: so more than `least` are
 * taken only where the last batch says that they are done within `aimMs`.
 */
export class BatchSize {
  rows: number

  /** @param most messages, never exceeded. */
  constructor(private readonly most: number) {
    this.rows = Math.min(most, least)
  }

  /** A batch of so many messages was written. */
  note(rows: number, ms: number): void {
    // A small one says little: its statements outweigh its rows.
    if (rows < this.rows / 2 || ms <= 0) return
    this.rows = Math.min(this.most, Math.max(least, Math.floor((rows * aimMs) / ms)))
  }
}
