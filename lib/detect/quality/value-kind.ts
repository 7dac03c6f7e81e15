/**
 * What a feature's value is: its JSON type, and for a string its format, so that a producer that starts to write "12,5" for "12.5" or "PARIS" for
 * "paris" is seen although the type stayed. Reads 24 characters at most.
 */
export const valueKinds = [
  'absent',
  'null',
  'a number',
  'a boolean',
  'an empty string',
  'a numeric string',
  'a number with a comma',
  'a date',
  'upper-case text',
  'lower-case text',
  'capitalised text',
  'other text',
  'a date with the year first',
] as const

const [absent, nothing, number, boolean, empty, numeric, comma, date, upper, lower, capital, other, yearFirst] =
  valueKinds.keys() as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]

export const kindOf = (value: unknown): number =>
  typeof value === 'number'
    ? number
    : typeof value === 'string'
      ? formatOf(value)
      : typeof value === 'boolean'
        ? boolean
        : value === undefined
          ? absent
          : value === null
            ? nothing
            : other

/** Kinds by JSON type: 0 missing, 1 number, 2 boolean, 3 string. */
export const typeOfKind = (kind: number): number =>
  kind <= nothing ? 0 : kind === number ? 1 : kind === boolean ? 2 : 3

const read = 24
const beginsWithYear = /^\d{4}[-/]/

function formatOf(text: string): number {
  if (text.length === 0) return empty
  let digits = 0
  let uppers = 0
  let lowers = 0
  let dots = 0
  let commas = 0
  let joints = 0
  let others = 0
  const length = Math.min(text.length, read)
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) digits++
    else if (c >= 97 && c <= 122) lowers++
    else if (c >= 65 && c <= 90) uppers++
    else if (c === 46) dots++
    else if (c === 44) commas++
    else if (c === 45 || c === 47 || c === 58) joints++
    else others++
  }
  if (digits > 0 && digits + dots + commas + joints >= length - 2) {
    if (joints >= 2) return beginsWithYear.test(text) ? yearFirst : date
    if (commas > 0) return others + uppers + lowers === 0 ? comma : other
    if (dots <= 1 && text.trim() !== '' && Number.isFinite(Number(text))) return numeric
    return other
  }
  if (uppers > 0 && lowers === 0) return upper
  if (lowers > 0 && uppers === 0) return lower
  const first = text.charCodeAt(0)
  return uppers > 0 && first >= 65 && first <= 90 ? capital : other
}
