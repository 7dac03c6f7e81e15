/** When each bet of a unit began to go its way: a CUSUM of its likelihood, and what was seen since. */

/** Offsets within a bet's run: the log-likelihood of the split, the first row after it, its time, and what was seen since. */
export const run = { gain: 0, onsetIndex: 1, onsetTime: 2, rows: 3, hits: 4, expected: 5 } as const
export const runLength = 6

/** Takes a row on which the bet was on. CUSUM: the split of the unit's rows that the likelihood likes best. @returns whether the run ended with this row. */
export function dateRun(
  runs: Float64Array,
  at: number,
  e: number,
  hit: boolean,
  p: number,
  index: number,
  timeMs: number,
): boolean {
  if (runs[at] === 0) {
    runs[at + run.onsetIndex] = index
    runs[at + run.onsetTime] = timeMs
    runs[at + run.rows] = 0
    runs[at + run.hits] = 0
    runs[at + run.expected] = 0
  }
  const gain = (runs[at] as number) + Math.log(e)
  const was = runs[at] as number
  runs[at] = Math.max(0, gain)
  runs[at + run.rows] = (runs[at + run.rows] as number) + 1
  if (hit) runs[at + run.hits] = (runs[at + run.hits] as number) + 1
  runs[at + run.expected] = (runs[at + run.expected] as number) + p
  return gain <= 0 && was > 0
}
