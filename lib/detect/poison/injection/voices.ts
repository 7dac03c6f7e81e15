import { rowsKept } from './near'

/**
 * Who speaks how much: shares of the last 8,192 rows and of the last 512, and who is young: first seen after the first 1,000 rows and less than 3,000
 * rows ago. At most 16,384 young voices and 32,768 others are remembered. Newcomers push out newcomers only; whoever has no place stays young.
 */
export interface Voices {
  rows: number
  voice: Int32Array
  young: Uint8Array
  long: Map<number, number>
  short: Map<number, number>
  youngLong: number
  youngShort: number
  /** First row of each voice that is young, in order; and those who are no longer. */
  first: Map<number, number>
  old: Set<number>
}

export const shortRows = 512
/** Rows in which nobody is young. */
export const firstRows = 1000
export const youngRows = 3000
const veryFirstRows = 300
const mostYoung = 16_384
const mostOld = 32_768

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const kept = rowsKept

export const startVoices = (): Voices => ({
  rows: 0,
  voice: new Int32Array(0),
  young: new Uint8Array(0),
  long: new Map(),
  short: new Map(),
  youngLong: 0,
  youngShort: 0,
  first: new Map(),
  old: new Set(),
})

/** Is this voice young at the next row? Notes it when it is new. */
export function isYoung(
  voices: Pick<Voices, 'rows' | 'first' | 'old'>,
  voice: number,
  most = { young: mostYoung, old: mostOld },
): boolean {
  const { first, old, rows } = voices
  if (old.has(voice)) return false
  const since = first.get(voice)
  if (since === undefined) {
    first.set(voice, rows)
    if (first.size > most.young)
      for (const oldest of first.keys()) {
        first.delete(oldest)
        break
      }
    return rows >= firstRows
  }
  if (rows < firstRows || (since >= firstRows && rows - since < youngRows)) return rows >= firstRows
  // A place among the old is never taken from anybody: names can be made, time cannot.
  if (old.size >= most.old) return true
  first.delete(voice)
  old.add(voice)
  return false
}

/** Would it count as new? In the first rows those count so that were not among the very first: how many newcomers are usual must be known at once. */
export const isNew = ({ first, rows }: Pick<Voices, 'rows' | 'first'>, voice: number, young: boolean): boolean =>
  young || (rows < firstRows && (first.get(voice) ?? 0) >= veryFirstRows)

/** Counts the next row; @param young `isNew`. */
export function speak(voices: Voices, voice: number, young: boolean): void {
  if (voices.rows === 0) {
    voices.voice = new Int32Array(kept)
    voices.young = new Uint8Array(kept)
  }
  const { rows } = voices
  const at = rows % kept
  if (rows >= kept) {
    less(voices.long, voices.voice[at] as number)
    voices.youngLong -= voices.young[at] as number
  }
  if (rows >= shortRows) {
    const out = (rows - shortRows) % kept
    less(voices.short, voices.voice[out] as number)
    voices.youngShort -= voices.young[out] as number
  }
  voices.voice[at] = voice
  voices.young[at] = young ? 1 : 0
  voices.long.set(voice, (voices.long.get(voice) ?? 0) + 1)
  voices.short.set(voice, (voices.short.get(voice) ?? 0) + 1)
  if (young) {
    voices.youngLong++
    voices.youngShort++
  }
  voices.rows++
}

function less(counts: Map<number, number>, voice: number): void {
  const n = (counts.get(voice) ?? 0) - 1
  if (n > 0) counts.set(voice, n)
  else counts.delete(voice)
}
