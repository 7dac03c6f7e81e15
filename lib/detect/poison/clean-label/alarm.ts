import type { Alarm } from '@/lib/detect/detector'
import { originsOf } from '@/lib/detect/poison/targeted/alarm'
import { nam, namesEach, num, numbersEach } from '@/lib/detect/poison/targeted/cells'
import { cellsOf, type PlacesState } from '@/lib/detect/poison/targeted/state'
import { reportCell } from '@/lib/detect/poison/targeted/wager'
import type { Recent } from '@/lib/learn/place/recent'
import type { Verdict } from './trial'

type Crafted = Extract<Verdict, { says: 'crafted' }>

const mostlyOne = 0.6
const mostIds = 1000
const mostOrigins = 50

export function craftedAlarm(
  state: PlacesState,
  cell: number,
  found: Crafted,
  recent: Recent,
  eventIndex: number,
): Alarm {
  const { rows, origins, gathered, like } = found
  const cells = cellsOf(state)
  const label = state.names[cells.nam[cell * namesEach + nam.y] as number]
  const named = originsOf(state, origins).slice(0, mostOrigins)
  const ofFirst = rows.filter((at) => recent.origin[at] === origins[0]).length
  const isOne = ofFirst > mostlyOne * rows.length
  const lines = new Set(rows.map((at) => recent.index[at] as number))
  const bad = state.bad.filter((row) => lines.has(row.index))
  bad.sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
  const onset = bad.reduce((first, row) => (row.index < first.index ? row : first), {
    index: cells.num[cell * numbersEach + num.onsetIndex] as number,
    timeMs: cells.num[cell * numbersEach + num.onsetTime] as number,
  })
  const who = isOne ? (named[0] ?? 'one origin') : `${origins.length} origins`
  const favourite = state.names[recent.favourite[rows[0] as number] as number]
  return {
    kind: 'poison.clean_label',
    unit: `${label} near ${favourite}${isOne ? ` by ${named[0]}` : ''}`,
    subject: {
      ...(isOne && named[0] !== undefined ? { origin: named[0] } : { origins: named }),
      ...(label === undefined ? {} : { label }),
      eventIds: bad.slice(0, mostIds).map(({ id }) => id),
    },
    eventIndex,
    onsetIndex: onset.index,
    onsetTimeMs: onset.timeMs,
    ...reportCell(cells, cell),
    effect: 1 - gathered.ratio,
    effectUnit: 'part of the distance usual between such rows that is missing between these',
    n: rows.length,
    severity: 'critical',
    verdict: 'poisoning',
    why:
      `${who} sent ${rows.length} rows of ${label} that lie ${percent(gathered.ratio)} as far from one another as rows do which the model takes for ` +
      `${favourite}, and the rows of others nearest to them are ${label} in ${percent(like.agree)}`,
    test:
      `The sources of the other rows at that point do not follow, and ${like.covered} of ${like.asked} rows asked about have like rows of others to compare with. ` +
      `A real new kind of ${label} that one source alone meets, in the middle of ${favourite}, would look the same.`,
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
