/** The URL's state: what is to be done, unless it asks for `done` or for `all`. */
export function taskState(value: string | null): 'open' | 'done' | null {
  return value === 'all' ? null : value === 'done' ? 'done' : 'open'
}
