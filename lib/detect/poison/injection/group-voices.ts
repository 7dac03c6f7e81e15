import { at, each, type Groups, isIn, type Joining, voiceBets } from './groups'
import { rowsKept } from './near'
import { raiseTail, tailScale } from './usual-tail'
import { shortRows, type Voices } from './voices'

const looksBack = 64
const youngShares = [0.7, 0.97] as const

/** Weighs who sends a group's next copy: one of its own voices, or a young one, more than other rows come from those? */
export function weighVoices(groups: Groups, voices: Voices, group: number, copies: number, joining: Joining): void {
  const { numbers } = groups
  const o = group * each
  const { voice, young, mass } = joining
  const seen = lookBack(groups, voices, group, voice)
  const base = shareOf(voices, voice, seen.own, seen.ownShort, seen.rows, seen.rowsShort)
  const again = (0.9 * seen.own) / seen.rows + 0.1 * base
  const youngBase = Math.min(0.95, 1.5 * shareYoung(voices, seen) + 0.02)
  const most = numbers[o + at.mostVoices] as number
  const scale = 1 / tailScale(groups.voices, group, most)
  let best = 0
  for (let b = 0; b < voiceBets; b++) {
    const a = b === 0 ? 0 : (youngShares[b - 1] as number)
    const logE =
      b === 0
        ? Math.log(again / base)
        : a <= youngBase
          ? 0
          : Math.log(young ? a / youngBase : (1 - a) / (1 - youngBase))
    const before = numbers[o + at.voices + b] as number
    const m = Math.min(Math.exp(scale * logE) * (before + mass / voiceBets), 1e300)
    numbers[o + at.voices + b] = m
    const rise = Math.max(0, (numbers[o + at.voiceRise + b] as number) + logE)
    numbers[o + at.voiceRise + b] = rise
    best = Math.max(best, rise)
  }
  if (best <= most) return
  numbers[o + at.mostVoices] = best
  if (numbers[o + at.fired] === 0) raiseTail(groups.voices, group, most, best)
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
  seen.rows = seen.own = seen.young = seen.rowsShort = seen.ownShort = seen.youngShort = 0
  let row = groups.numbers[group * each + at.last] as number
  for (let looks = 0; looks < looksBack && isIn(groups, group, row, voices.rows); looks++) {
    const place = row % rowsKept
    const own = voices.voice[place] === voice ? 1 : 0
    const young = voices.young[place] as number
    seen.rows++
    seen.own += own
    seen.young += young
    if (row >= voices.rows - shortRows) {
      seen.rowsShort++
      seen.ownShort += own
      seen.youngShort += young
    }
    row = (groups.before[place] as number) - 1
  }
  if (seen.rows === 0) seen.rows = 1
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
  const all = Math.min(voices.rows, rowsKept)
  const long = ((voices.long.get(voice) ?? 0) - own + 1) / (all - rows + 400)
  const short = ((voices.short.get(voice) ?? 0) - ownShort + 1) / (Math.min(all, shortRows) - rowsShort + 400)
  return Math.min(1, Math.max(long, short))
}

function shareYoung(voices: Voices, { young, youngShort, rows, rowsShort }: Seen): number {
  const all = Math.min(voices.rows, rowsKept)
  const long = (voices.youngLong - young) / Math.max(1, all - rows)
  const short = (voices.youngShort - youngShort) / Math.max(1, Math.min(all, shortRows) - rowsShort)
  return Math.max(long, short)
}
