/** Times as people read them; pure, so that server and browser agree. All exact times are UTC and say so. */

const units = [
  ['y', 31_557_600],
  ['mo', 2_629_800],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** 5_400_000 → `90 min`: two steps of a unit before the next takes over, so that `1 h` is never 119 minutes. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [unit, size] = units.find(([name, size]) => seconds >= (name === 's' ? 0 : 2 * size)) ?? (['s', 1] as const)
  return `${Math.floor(seconds / size)} ${unit}`
}

/** `3 min ago`, `in 2 h`, `now`. */
export function relative(at: string, now: number): string {
  const ms = now - Date.parse(at)
  if (!Number.isFinite(ms)) return '–'
  if (Math.abs(ms) < 2000) return 'now'
  return ms > 0 ? `${span(ms)} ago` : `in ${span(-ms)}`
}

/** `2026-11-01 09:30:00 UTC`. */
export function exact(at: string): string {
  const ms = Date.parse(at)
  return Number.isFinite(ms) ? `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC` : at
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayOf = (iso: string) => `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1]}`

/** A place in the calendar, UTC: `7 Nov 09:10`, with the year once it is not this one. */
export function place(at: string, now: number): string {
  const ms = Date.parse(at)
  if (!Number.isFinite(ms)) return '–'
  const iso = new Date(ms).toISOString()
  const year = iso.slice(0, 4)
  return `${dayOf(iso)} ${year === new Date(now).toISOString().slice(0, 4) ? '' : `${year} `}${iso.slice(11, 16)}`
}

const hourMs = 3_600_000
/** Steps between the marks of a time axis, from a second to a year. */
const steps = [
  ...[1, 5, 15, 30, 60, 300, 900, 1800].map((seconds) => seconds * 1000),
  ...[1, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 4320, 8766].map((hours) => hours * hourMs),
]
const mostTicks = 7

/** Round moments in [from, to], evenly spaced, at most seven: where a time axis has its marks. */
export function ticks(from: number, to: number): number[] {
  const step = steps.find((ms) => (to - from) / ms <= mostTicks) ?? Math.ceil((to - from) / mostTicks)
  const first = Math.ceil(from / step) * step
  const out: number[] = []
  for (let t = first; t <= to && out.length < mostTicks + 1; t += step) out.push(t)
  return out
}

/** On an axis, as short as the range allows: `09:30`, `1 Nov`, `Nov 2026`. */
export function tick(ms: number, rangeMs: number): string {
  const iso = new Date(ms).toISOString()
  const day = dayOf(iso)
  if (rangeMs <= 600_000) return iso.slice(11, 19)
  if (rangeMs <= 36 * 3_600_000) return iso.slice(11, 16)
  if (rangeMs <= 5 * 86_400_000) return `${day} ${iso.slice(11, 16)}`
  if (rangeMs <= 300 * 86_400_000) return day
  return `${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`
}
