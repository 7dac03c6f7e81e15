import { type AlertKind, alertKinds } from '@/lib/alert/finding'

export const poisonKinds: readonly AlertKind[] = alertKinds.filter((kind) => kind.startsWith('poison.'))

/** The URL's filter; a kind that is none is as if it were not there. */
export function suspectFilter(raw: Record<'kind' | 'origin' | 'cursor', string | null>) {
  return {
    ...(poisonKinds.some((kind) => kind === raw.kind) ? { kind: raw.kind as string } : {}),
    ...(raw.origin ? { origin: raw.origin } : {}),
    ...(raw.cursor ? { cursor: raw.cursor } : {}),
  }
}
