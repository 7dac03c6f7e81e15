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
  /** Which key, by first sight. */
  readonly of: number
}

interface Key {
  readonly of: number
  values: Map<FeatureValue, number>
  /** Values refused: a key with many is an identifier. */
  refused: number
}

export const mostStrata = 384
export const mostKeys = 24
const mostValues = 40
const mostCharacters = 120
/** Refused rows from which a key counts as an identifier: its strata are watched no more. */
const mostRefused = 100

export const startStrata = (): Strata => ({ keys: new Map(), made: [] })

/** Keys in the order in which rows bring them, nearly always the same: found again without a look-up. No part of any state. */
interface Known {
  readonly segments: (KnownKey | undefined)[]
  readonly features: (KnownKey | undefined)[]
  readonly label: KnownKey
}

interface KnownKey {
  readonly kind: Stratum['kind']
  readonly name: string
  readonly id: string
  /** Null until its first value. */
  key: Key | null
}

const makeKnown = (kind: Stratum['kind'], name: string): KnownKey => ({
  kind,
  name,
  id: kind === 'feature' ? name : kind === 'segment' ? `segment ${name}` : 'label ',
  key: null,
})

const knownBy = new WeakMap<Strata, Known>()
let last: Strata | null = null
let ofLast: Known = { segments: [], features: [], label: makeKnown('label', '') }
const mostKnown = 256

/** Writes the numbers of the row's strata to `out`. @returns how many. */
export function strataOf(strata: Strata, data: TrainingData, classes: boolean, out: Int32Array): number {
  const { segments, features, label } = knownOf(strata)
  const { segment } = data
  let n = 0
  let place = 0
  for (const name in segment) {
    let known = segments[place]
    if (known === undefined || known.name !== name) known = learnKey(segments, 'segment', place, name)
    place++
    n = put(strata, known, segment[name], out, n)
  }
  place = -1
  for (const name in data.features) {
    place++
    const value = data.features[name]
    if (typeof value !== 'string' && typeof value !== 'boolean') continue
    let known = features[place]
    if (known === undefined || known.name !== name) known = learnKey(features, 'feature', place, name)
    n = put(strata, known, value, out, n)
  }
  return classes ? put(strata, label, data.label, out, n) : n
}

function knownOf(strata: Strata): Known {
  if (strata === last) return ofLast
  const known = knownBy.get(strata) ?? { segments: [], features: [], label: makeKnown('label', '') }
  knownBy.set(strata, known)
  last = strata
  ofLast = known
  return known
}

function learnKey(keys: (KnownKey | undefined)[], kind: Stratum['kind'], place: number, name: string): KnownKey {
  const made = makeKnown(kind, name)
  if (place < mostKnown) keys[place] = made
  return made
}

export const isIdentifier = (strata: Strata, { key }: Stratum): boolean =>
  (strata.keys.get(key)?.refused ?? 0) > mostRefused

function put(strata: Strata, known: KnownKey, value: FeatureValue | undefined, out: Int32Array, n: number): number {
  if (value === undefined || value === null || n >= out.length) return n
  const key = known.key ?? keyOf(strata, known)
  if (!key) return n
  const stratum = key.values.get(value) ?? makeStratum(strata, known, key, value)
  if (stratum < 0) return n
  out[n] = stratum
  return n + 1
}

function keyOf(strata: Strata, known: KnownKey): Key | null {
  let key = strata.keys.get(known.id)
  if (!key) {
    if (strata.keys.size >= mostKeys) return null
    key = { of: strata.keys.size, values: new Map(), refused: 0 }
    strata.keys.set(known.id, key)
  }
  known.key = key
  return key
}

/** @returns −1 where there is no place for it. */
function makeStratum(strata: Strata, { kind, name, id }: KnownKey, key: Key, value: string | number | boolean): number {
  const long = typeof value === 'string' && value.length > mostCharacters
  if (long || key.values.size >= mostValues || strata.made.length >= mostStrata) {
    key.refused++
    return -1
  }
  const stratum = strata.made.push({ key: id, kind, name, value, of: key.of }) - 1
  key.values.set(value, stratum)
  return stratum
}
