/** RFC 3339 ⇄ milliseconds since 1970 UTC, by arithmetic alone: the same on every machine and in every time zone. */

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d))$/
const dayMs = 86_400_000
const lengthOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar (H. Hinnant, chrono-compatible low-level date algorithms). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** @returns milliseconds since 1970 UTC, fractions of a millisecond cut; null when the text is no RFC 3339 time with an offset. */
export function parseTime(text: string): number | null {
  return usualTime(text) ?? anyTime(text)
}

/** `2026-11-01T09:30:00Z` and `2026-11-01T09:30:00.123Z`, as nearly all producers write it; null for anything else, also for what is no time at all. */
function usualTime(text: string): number | null {
  const { length } = text
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 0x5a || text.charCodeAt(10) !== 0x54)
    return null
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return null
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return null
  const year = 100 * two(text, 0) + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hour = two(text, 11)
  const minute = two(text, 14)
  const second = two(text, 17)
  let milli = 0
  if (length === 24) {
    const tenths = text.charCodeAt(20) - 0x30
    if (text.charCodeAt(19) !== 0x2e || !(tenths >= 0 && tenths <= 9)) return null
    milli = 100 * tenths + two(text, 21)
  }
  // NaN, where something is no digit, is within no range. The 29th of a month to its end is left to the other.
  const isPlain = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isPlain || !(hour <= 23 && minute <= 59 && second <= 59 && milli >= 0 && milli <= 999)) return null
  return daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + milli
}

/** Two decimal digits; NaN where they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function anyTime(text: string): number | null {
  const match = rfc3339.exec(text)
  if (!match) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  const hour = Number(match[4])
  const minute = Number(match[5])
  const second = Number(match[6])
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = leap ? 29 : (lengthOfMonth[month - 1] ?? 0)
  if (day < 1 || day > last || hour > 23 || minute > 59 || second > 60) return null
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0
  let offsetMinutes = 0
  if (match[9]) {
    const [hours, minutes] = [Number(match[10]), Number(match[11])]
    if (hours > 23 || minutes > 59) return null
    offsetMinutes = (match[9] === '-' ? -1 : 1) * (hours * 60 + minutes)
  }
  const ms =
    daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + fraction
  // An offset may carry the instant past the years that can be written back.
  return ms >= -62_167_219_200_000 && ms < 253_402_300_800_000 ? ms : null
}

/** @returns such as `2026-11-01T09:30:00Z`, with milliseconds only where there are any. */
export function formatTime(ms: number): string {
  const days = Math.floor(ms / dayMs)
  const rest = ms - days * dayMs
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const pad = (n: number, width = 2) => String(n).padStart(width, '0')
  const fraction = rest % 1000
  const clock = `${pad(Math.floor(rest / 3_600_000))}:${pad(Math.floor(rest / 60_000) % 60)}:${pad(Math.floor(rest / 1000) % 60)}`
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${clock}${fraction ? `.${pad(fraction, 3)}` : ''}Z`
}
