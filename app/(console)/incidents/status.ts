/** The URL's status: what is open, unless it asks for `resolved` or for `all`. */
export function incidentStatus(value: string | null): 'open' | 'resolved' | null {
  return value === 'all' ? null : value === 'resolved' ? 'resolved' : 'open'
}
