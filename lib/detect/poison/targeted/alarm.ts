import type { Alarm } from '@/lib/detect/detector'
import { nameOf, segmentOf } from '@/lib/detect/poison/attribute/condition'
import { gatheredBy } from '@/lib/detect/poison/attribute/gathered'
import { bestPush } from '@/lib/detect/poison/attribute/push'
import type { Places } from '@/lib/learn/place/places'
import type { Recent } from '@/lib/learn/place/recent'
import { nam, namesEach, num, numbersEach } from './cells'
import { cellsOf, type PlacesState } from './state'
import type { Finding } from './trial'
import { reportCell } from './wager'

type Pulled = Extract<Finding, { says: 'pulled' }>

/** One origin is named when it holds more than this share of the bad rows. */
const mostlyOne = 0.6
const mostIds = 1000
const mostOrigins = 50

/** Origins by number, where their records are still kept. */
export function originsOf(state: PlacesState, numbers: readonly number[]): string[] {
  const ids = new Map([...state.sources.byId.values()].map(({ number, id }) => [number, id]))
  return numbers.flatMap((number) => ids.get(number) ?? [])
}

export function targetedAlarm(
  state: PlacesState,
  cell: number,
  found: Pulled,
  recent: Recent,
  places: Places,
  eventIndex: number,
): Alarm {
  const { place, movers, inside, outside, rows } = found
  const cells = cellsOf(state)
  const y = cells.nam[cell * namesEach + nam.y] as number
  const byOrigin = new Map<number, number>()
  for (const at of rows) {
    const number = recent.origin[at] as number
    byOrigin.set(number, (byOrigin.get(number) ?? 0) + 1)
  }
  const ranked = [...byOrigin].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const named = originsOf(
    state,
    ranked.map(([number]) => number),
  ).slice(0, mostOrigins)
  const isOne = (ranked[0]?.[1] ?? 0) > mostlyOne * rows.length
  const lines = new Set(rows.map((at) => recent.index[at] as number))
  const bad = state.bad.filter((row) => lines.has(row.index))
  bad.sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
  const onset = bad.reduce((first, row) => (row.index < first.index ? row : first), {
    index: cells.num[cell * numbersEach + num.onsetIndex] as number,
    timeMs: cells.num[cell * numbersEach + num.onsetTime] as number,
  })
  const segment = segmentOf(places, place)
  const name = nameOf(places, place) ?? 'a place whose name is not kept'
  const label = state.names[y]
  const who = isOne ? (named[0] ?? 'one origin') : `${ranked.length} origins`
  const own = new Set(ranked.map(([number]) => number))
  // Rows that lie at one point were crafted to: then the place is only where that point is.
  const gathered = gatheredBy(recent, (number) => own.has(number), rows)
  return {
    kind: gathered.isPoint ? 'poison.clean_label' : 'poison.targeted',
    unit: `${name} → ${state.words[y]}${isOne ? ` by ${named[0]}` : ''}`,
    subject: {
      ...(isOne && named[0] !== undefined ? { origin: named[0] } : { origins: named }),
      ...(gathered.isPoint ? {} : segment ? { segment } : { pattern: name }),
      ...(label === undefined ? {} : { label }),
      eventIds: bad.slice(0, mostIds).map(({ id }) => id),
    },
    eventIndex,
    onsetIndex: onset.index,
    onsetTimeMs: onset.timeMs,
    ...reportCell(cells, cell),
    effect: bestPush(inside).push,
    effectUnit: 'share of their rows of other classes in the place that take the label',
    n: inside.rows,
    severity: 'critical',
    verdict: 'poisoning',
    why:
      `${who} labels ${percent(inside.hits, inside.rows)} of its rows of other classes at ${name} ${state.words[y]}, ` +
      `${percent(outside.hits, outside.rows)} elsewhere; ${movers.stayers} other sources label ${percent(movers.hits, movers.rows)} there` +
      (gathered.isPoint
        ? `; its rows lie ${Number(gathered.ratio.toPrecision(2))} times as far from one another as such rows do`
        : ''),
    test:
      `In that place and time "some sources moved" is likelier than "all moved alike" by ${movers.nats.toFixed(1)} nats (${movers.stayers} sources with ` +
      `${movers.rows} rows stayed), and all of their bad rows lie there. A rule that is new for some sources alone, or rows that only these ` +
      `sources have and the model cannot tell apart, would look the same.`,
  }
}

const percent = (part: number, of: number) => `${Math.round((100 * part) / Math.max(1, of))} %`
