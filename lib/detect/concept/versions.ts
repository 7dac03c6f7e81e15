/** Versions of a model as they were announced, or first seen in a prediction, with the number of the prediction at hand. */
export interface VersionBook {
  /** Codes by version name, in order of appearance. */
  codes: Map<string, number>
  names: string[]
  latest: { version: string; line: number; at: number }[]
}

/** Predictions between a version and an onset that it explains. */
const reach = 400
const mostKept = 50
/** Later versions share the last code. */
const lastCode = 254

export const startVersions = (): VersionBook => ({ codes: new Map(), names: [], latest: [] })

/** @param at number of the next prediction. The first version a model ever shows is no event. */
export function noteVersion(book: VersionBook, version: string, line: number, at: number, announced: boolean): number {
  const known = book.codes.get(version)
  if (known === undefined && book.names.length < lastCode) {
    book.codes.set(version, book.names.length)
    book.names.push(version)
  }
  const last = book.latest.at(-1)
  const fresh = announced ? last?.version !== version || at - last.at > reach : known === undefined
  if (fresh && (announced || book.names.length > 1)) {
    book.latest.push({ version, line, at })
    if (book.latest.length > mostKept) book.latest.shift()
  }
  return known ?? Math.min(book.names.length - 1, lastCode)
}

/** The version that came nearest to a prediction, if it came within reach and before line `by`. */
export function versionNear(book: VersionBook, prediction: number, by: number): string | null {
  let best: { version: string; at: number } | null = null
  for (const one of book.latest) {
    if (Math.abs(one.at - prediction) > reach || one.line > by) continue
    if (!best || Math.abs(one.at - prediction) <= Math.abs(best.at - prediction)) best = one
  }
  return best?.version ?? null
}
