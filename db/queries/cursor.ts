/** A place in a list ordered by (time, id) descending: the last row that was given. Opaque to callers. */
export interface Cursor {
  readonly at: Date
  readonly id: string
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.at.getTime(), cursor.id])).toString('base64url')
}

/** @returns null when the text is no cursor of ours. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const [ms, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    if (typeof ms !== 'number' || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15 || typeof id !== 'string') return null
    return { at: new Date(ms), id }
  } catch {
    return null
  }
}
