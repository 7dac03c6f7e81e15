/** Numbers as people read them. Always `en`, so that server and browser write the same. */

const thin = '\u202f'
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 4120 → `4,120`. */
export const count = (n: number): string => whole.format(n)

/** 412 → `412`, 1240 → `1.2k`, 3_400_000 → `3.4M`. */
export function compact(n: number): string {
  if (Math.abs(n) < 1000) return whole.format(n)
  const [value, letter] = Math.abs(n) < 1e6 ? [n / 1e3, 'k'] : Math.abs(n) < 1e9 ? [n / 1e6, 'M'] : [n / 1e9, 'G']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}${letter}`
}

/** .614 → `61 %`; small ones keep a digit: .0042 → `.4 %`. */
export function percent(share: number): string {
  const value = share * 100
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const text = size >= 1 || size === 0 ? whole.format(Math.round(value)) : size < 0.05 ? '<.1' : bare(value.toFixed(1))
  return `${text}${thin}%`
}

/** Drops the zero before the point: `0.91` → `.91`. */
const bare = (text: string): string => text.replace(/^(-?)0\./, '$1.')

/** A measured number in three figures: .9142 → `.914`, 17.25 → `17.3`, 4120.4 → `4,120`. */
export function measure(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 1000) return whole.format(value)
  if (size < 0.001) return value.toExponential(1)
  if (size < 1) return bare(String(Number(value.toPrecision(digits))))
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

/** A place on an axis: as short as three figures allow, 5 → `5`, -12.34 → `-12.3`, 0.25 → `.25`. */
export const edge = (value: number): string =>
  Math.abs(value) >= 1000 ? compact(value) : bare(String(Number(value.toPrecision(3))))

/** .91 → `.91`: rates and metrics, two decimals. */
export const rate = (value: number): string => bare(value.toFixed(2))

export function bytes(size: number): string {
  return size < 1024
    ? `${size} B`
    : size < 1048576
      ? `${(size / 1024).toFixed(1)} KB`
      : `${(size / 1048576).toFixed(1)} MB`
}

/** 1 → `1 row`, 4120 → `4,120 rows`. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`
