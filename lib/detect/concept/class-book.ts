import type { Label } from '@/lib/event/types'

/** Class names as codes, in order of first appearance; 1 and "1" are one class. */
export interface ClassBook {
  codes: Map<string, number>
  names: string[]
}

const mostClasses = 1000
const mostCharacters = 120

export const startClasses = (): ClassBook => ({ codes: new Map(), names: [] })

/** Classes beyond a thousand share codes by their hash: equal ones stay equal, and nearly all others differ. Below 65,535. */
export function classCode(book: ClassBook, label: Label): number {
  const whole = typeof label === 'string' ? label : String(label)
  const name = whole.length > mostCharacters ? whole.slice(0, mostCharacters) : whole
  const known = book.codes.get(name)
  if (known !== undefined) return known
  if (book.names.length < mostClasses) {
    book.codes.set(name, book.names.length)
    book.names.push(name)
    return book.names.length - 1
  }
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return mostClasses + ((hash >>> 0) % 64_000)
}
