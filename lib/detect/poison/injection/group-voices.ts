import { at, each, voiceBets } from './group-numbers'
import type { Groups, Joining } from './groups'
import { rowsKept } from './near'
import { heavyScale, raiseTail, tailScale, type UsualTail } from './usual-tail'
import { shortRows, type Voices } from './voices'

const looksBack = 64
const youngShares = [0.7, 0.97] as const
/** Whoever has just come speaks seldom yet: among voices the young are more than among rows. */
const youngSlack = 2

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [kept, ofLate, numbersEach, bets, scaleOf, heavyScaleOf] = [
  rowsKept,
  shortRows,
  each,
  voiceBets,
  tailScale,
  heavyScale,
]
const { last: lastAt, mostAgain, mostYoung, voices: voicesAt, voiceRise: riseAt, fired: firedAt } = at

/** Weighs who sends a group's next copy: one of its own voices, or a young one, more than other rows come from those? */
export function weighVoices(groups: Groups, voices: Voices, group: number, copies: number, joining: Joining): void {
  const { numbers } = groups
  const o = group * numbersEach
  const { voice, young, mass } = joining
  const seen = lookBack(groups, voices, group, voice)
  const base = shareOf(voices, voice, seen.own, seen.ownShort, seen.rows, seen.rowsShort)
  const again = (0.9 * seen.own) / seen.rows + 0.1 * base
  const part = mass / bets
  const usual = heavyScaleOf(groups.again, group, numbers[o + mostAgain] as number)
  const most = bet(numbers, o, 0, Math.log(again / base), usual, part)
  note(groups.again, numbers, o, mostAgain, group, most)
  // One voice is one, however often it speaks.
  if (seen.own > 0) return
  const youngBase = Math.min(0.95, youngSlack * shareYoung(voices, seen) + 0.02)
  const scale = scaleOf(groups.young, group, numbers[o + mostYoung] as number)
  let best = 0
  for (let b = 1; b < bets; b++) {
    const a = youngShares[b - 1] as number
    if (a <= youngBase) continue
    best = Math.max(best, bet(numbers, o, b, Math.log(young ? a / youngBase : (1 - a) / (1 - youngBase)), scale, part))
  }
  note(groups.young, numbers, o, mostYoung, group, best)
}

/** @returns the untempered CUSUM. */
function bet(numbers: Float64Array, o: number, b: number, logE: number, scale: number, mass: number): number {
  const m = Math.exp(logE / scale) * ((numbers[o + voicesAt + b] as number) + mass)
  numbers[o + voicesAt + b] = Math.min(m, 1e300)
  const rise = Math.max(0, (numbers[o + riseAt + b] as number) + logE)
  numbers[o + riseAt + b] = rise
  return rise
}

function note(tail: UsualTail, numbers: Float64Array, o: number, mostAt: number, group: number, rise: number): void {
  const most = numbers[o + mostAt] as number
  if (rise <= most) return
  numbers[o + mostAt] = rise
  if (numbers[o + firedAt] === 0) raiseTail(tail, group, most, rise)
}

interface Seen {
  rows: number
  own: number
  young: number
  rowsShort: number
  ownShort: number
  youngShort: number
}
const seen: Seen = { rows: 0, own: 0, young: 0, rowsShort: 0, ownShort: 0, youngShort: 0 }

/** Who spoke in the group's latest 64 rows. */
function lookBack(groups: Groups, voices: Voices, group: number, voice: number): Seen {
  const { groupOf, before } = groups
  const { voice: voiceOf, young: youngOf, rows: now } = voices
  let [rows, own, young, rowsShort, ownShort, youngShort] = [0, 0, 0, 0, 0, 0]
  let row = groups.numbers[group * numbersEach + lastAt] as number
  for (let looks = 0; looks < looksBack && row >= 0 && row > now - kept; looks++) {
    const place = row % kept
    if (groupOf[place] !== group + 1) break
    const isOwn = voiceOf[place] === voice ? 1 : 0
    const isYoung = youngOf[place] as number
    rows++
    own += isOwn
    young += isYoung
    if (row >= now - ofLate) {
      rowsShort++
      ownShort += isOwn
      youngShort += isYoung
    }
    row = (before[place] as number) - 1
  }
  seen.rows = Math.max(1, rows)
  seen.own = own
  seen.young = young
  seen.rowsShort = rowsShort
  seen.ownShort = ownShort
  seen.youngShort = youngShort
  return seen
}

/** Its share of the rows outside the group, of late or for long, whichever is more. */
function shareOf(
  voices: Voices,
  voice: number,
  own: number,
  ownShort: number,
  rows: number,
  rowsShort: number,
): number {
  const all = Math.min(voices.rows, kept)
  const long = ((voices.long.get(voice) ?? 0) - own + 1) / (all - rows + 400)
  const short = ((voices.short.get(voice) ?? 0) - ownShort + 1) / (Math.min(all, ofLate) - rowsShort + 400)
  return Math.min(1, Math.max(long, short))
}

function shareYoung(voices: Voices, { young, youngShort, rows, rowsShort }: Seen): number {
  const all = Math.min(voices.rows, kept)
  const long = (voices.youngLong - young) / Math.max(1, all - rows)
  const short = (voices.youngShort - youngShort) / Math.max(1, Math.min(all, ofLate) - rowsShort)
  return Math.max(long, short)
}
