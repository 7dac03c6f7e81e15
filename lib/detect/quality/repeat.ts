/**
 * A number that comes again unchanged although it had been moving: equal to the last one, of all rows or of the row's segment, where the move before
 * was large against the column's resolution. A series that creeps along at its last digit repeats by nature and is not flagged.
 */
export interface RepeatMemory {
  /** Least move that counts, in the column's unit. */
  least: number
  /** Latest number and the size of its latest move; place 0 for all rows, then by segment code + 1. */
  last: Float64Array
  move: Float64Array
}

const steps = 50
const mostSegments = 64

/** @param values of the baseline, whose least difference is the column's resolution. */
export function startRepeat(values: readonly number[], segments: number): RepeatMemory {
  const sorted = Float64Array.from(new Set(values)).sort()
  let resolution = Number.POSITIVE_INFINITY
  for (let i = 1; i < sorted.length; i++)
    resolution = Math.min(resolution, (sorted[i] as number) - (sorted[i - 1] as number))
  const places = 1 + (segments > 1 && segments <= mostSegments ? segments : 0)
  return {
    least: steps * resolution,
    last: new Float64Array(places).fill(Number.NaN),
    move: new Float64Array(places),
  }
}

export function repeats(memory: RepeatMemory, value: number, segment: number): 0 | 1 {
  const all = again(memory, value, 0)
  return segment + 1 < memory.last.length ? ((again(memory, value, segment + 1) | all) as 0 | 1) : all
}

function again(memory: RepeatMemory, value: number, place: number): 0 | 1 {
  const move = Math.abs(value - (memory.last[place] as number))
  if (move === 0) return (memory.move[place] as number) >= memory.least ? 1 : 0
  memory.last[place] = value
  // No move is known from the first number.
  memory.move[place] = Number.isNaN(move) ? 0 : move
  return 0
}
