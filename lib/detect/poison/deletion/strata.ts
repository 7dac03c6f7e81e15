import type { FeatureValue, TrainingData } from '@/lib/event/types'

/**
 * The strata of a feed: values of segment keys and of categorical features, and classes. A key belongs once it has shown few values; its values keep
 * their places for good, so a flood of new values takes places that are free, never one that is taken.
 */
export interface Strata {
  keys: Map<string, Key>
  made: Stratum[]
}

export interface Stratum {
  readonly key: string
  readonly kind: 'segment' | 'feature' | 'label'
  readonly name: string
  readonly value: string | number | boolean
}

interface Key {
  values: Map<FeatureValue, number>
  /** Values refused: a key with many is an identifier. */
  refused: number
}

export const mostStrata = 384
const mostKeys = 24
const mostValues = 40
const mostCharacters = 120
/** Refused rows from which a key counts as an identifier: its strata are watched no more. */
const mostRefused = 100

export const startStrata = (): Strata => ({ keys: new Map(), made: [] })

/** Writes the numbers of the row's strata to `out`. @returns how many. */
export function strataOf(strata: Strata, data: TrainingData, classes: boolean, out: Int32Array): number {
  let n = 0
  for (const name in data.segment) n = put(strata, 'segment', name, data.segment[name], out, n)
  for (const name in data.features) {
    const value = data.features[name]
    if (typeof value === 'string' || typeof value === 'boolean') n = put(strata, 'feature', name, value, out, n)
  }
  return classes ? put(strata, 'label', '', data.label, out, n) : n
}

export const isIdentifier = (strata: Strata, { key }: Stratum): boolean =>
  (strata.keys.get(key)?.refused ?? 0) > mostRefused

function put(
  strata: Strata,
  kind: Stratum['kind'],
  name: string,
  value: FeatureValue | undefined,
  out: Int32Array,
  n: number,
): number {
  if (value === undefined || value === null || n >= out.length) return n
  const id = kind === 'feature' ? name : kind === 'segment' ? `segment ${name}` : 'label '
  let key = strata.keys.get(id)
  if (!key) {
    if (strata.keys.size >= mostKeys) return n
    key = { values: new Map(), refused: 0 }
    strata.keys.set(id, key)
  }
  let stratum = key.values.get(value)
  if (stratum === undefined) {
    const long = typeof value === 'string' && value.length > mostCharacters
    if (long || key.values.size >= mostValues || strata.made.length >= mostStrata) {
      key.refused++
      return n
    }
    stratum = strata.made.push({ key: id, kind, name, value }) - 1
    key.values.set(value, stratum)
  }
  out[n] = stratum
  return n + 1
}
