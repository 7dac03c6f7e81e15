import type { Subject } from '@/lib/alert/finding'
import type { Naming, Place, Told } from '../attack/attack'

/** What a finding names, held against what was done: each part right or wrong. */
export interface Named {
  readonly right: ReadonlySet<Naming>
  /** Parts that accuse somebody or something else. */
  readonly wrong: ReadonlySet<Naming>
}

const mostRows = 0.5
/** Of a list of origins this part has to be the attacker's. */
const mostOrigins = 0.8

export function hold(subject: Subject, told: Told): Named {
  const right = new Set<Naming>()
  const wrong = new Set<Naming>()
  const judge = (part: Naming, isRight: boolean) => (isRight ? right : wrong).add(part)
  const origins = subject.origins ?? (subject.origin === undefined ? [] : [subject.origin])
  if (origins.length) {
    const guilty = origins.filter((id) => told.origins?.includes(id)).length
    judge('origin', guilty >= mostOrigins * origins.length)
  }
  if (subject.labeler !== undefined) judge('labeler', told.labelers?.includes(subject.labeler) ?? false)
  if (subject.item !== undefined) judge('item', subject.item === told.item)
  if (subject.label !== undefined && told.label !== undefined)
    judge('label', String(subject.label) === String(told.label))
  const placed = placesOf(subject)
  if (placed.length && told.place) {
    const said = placed.some((place) => isSame(place, told.place as Place))
    judge('place', said)
  } else if (subject.pattern !== undefined) {
    const said = subject.pattern
    if (told.patterns?.some((pattern) => isPart(said, pattern))) right.add('part')
    else judge('pattern', told.patterns?.some((pattern) => samePattern(said, pattern)) ?? false)
  } else if (subject.segment) judge('place', false)
  if (subject.eventIds?.length) {
    const rows = new Set(told.rows)
    const hit = subject.eventIds.filter((id) => rows.has(id)).length
    if (hit >= mostRows * subject.eventIds.length) right.add('rows')
  }
  return { right, wrong }
}

/** Values that the subject names, as segment or as a pattern of one `feature=value`. */
function placesOf({ segment, pattern, feature }: Subject): { feature: string; value: string }[] {
  const named = Object.entries(segment ?? {}).map(([key, value]) => ({ feature: key, value: String(value) }))
  if (pattern && !pattern.includes(' & ')) {
    const at = pattern.indexOf('=')
    if (at > 0) named.push({ feature: pattern.slice(0, at), value: pattern.slice(at + 1) })
  }
  return feature === undefined ? named : named.filter((place) => place.feature === feature)
}

const isSame = (said: { feature: string; value: string }, place: Place) =>
  said.feature === place.feature && said.value === String(place.value)

/** Some of a conjunction's values. */
function isPart(said: string, meant: string): boolean {
  const values = new Set(meant.split(' & '))
  const named = said.split(' & ')
  return named.length < values.size && named.every((value) => values.has(value))
}

/** The same values in any order; of a text, the same words or two of them at least that stand together. */
function samePattern(said: string, meant: string): boolean {
  const conjunction = (pattern: string) =>
    pattern
      .split(' & ')
      .map((part) => part.trim())
      .sort()
      .join(' & ')
  if (conjunction(said) === conjunction(meant)) return true
  if (meant.includes('=')) return false
  const words = (pattern: string) => pattern.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const [a, b] = [words(said), words(meant)]
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < Math.min(2, b.length) || long.length > b.length + 2) return false
  return ` ${long.join(' ')} `.includes(` ${short.join(' ')} `)
}
