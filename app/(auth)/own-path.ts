/** Where to go after signing in: a path of ours, whatever the address said. */
export function ownPath(next: string | null | undefined): string {
  if (!next?.startsWith('/')) return '/'
  try {
    const url = new URL(next, 'http://assay.invalid')
    return url.host === 'assay.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/'
  } catch {
    return '/'
  }
}
