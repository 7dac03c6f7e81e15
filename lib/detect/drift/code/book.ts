/**
 * Which categories have a code of their own: the commonest of the first half of the baseline. Counts come from its second half, so that the code
 * book was not chosen by the rows it is measured on; else "anything else" would grow by selection alone.
 */
export interface CodeBook {
  /** Category → code; every other value has the last code. */
  codes: Map<string, number>
  names: string[]
}

const mostCodes = 60
/** A longer value counts by its beginning; state stays small whatever a producer sends. */
const mostCharacters = 120

/** A category as a name; numbers, nulls and the like are none. `true` and "true" are told apart by nothing else than the column. */
export function categoryOf(value: unknown): string | null {
  if (typeof value === 'string') return value.length > mostCharacters ? `${value.slice(0, mostCharacters)}…` : value
  return typeof value === 'boolean' ? String(value) : null
}

export function makeCodeBook(values: readonly string[]): CodeBook {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const names = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostCodes)
    .map(([name]) => name)
  return { codes: new Map(names.map((name, code) => [name, code])), names }
}

export const codeOf = (book: CodeBook, category: string): number => book.codes.get(category) ?? book.names.length
