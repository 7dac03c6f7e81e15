import type { Detector } from '@/lib/detect/detector'
import { burnInRows } from '@/lib/learn/witness'
import { targetedAlarm } from './alarm'
import { clearCell, nam, namesEach } from './cells'
import { enumerate } from './enumerate'
import { takeRows, type Watch } from './row'
import { closeCase, keepOpen, letBe } from './settled'
import { firstLines } from './sources'
import { targetedStanding } from './standing'
import { cellsOf, type PlacesState, startPlacesState } from './state'
import { tryCell } from './trial'

/**
 * One sub-population pulled to a label by some sources, while the rest of their rows is fine and totals hardly move.
 *
 * Watches   labels against what the shadow learner expected, by place (a segment's value, a category, a range of a number, a pair of these) and class:
 *           of all sources together, of each origin, and of all newcomers.
 * Misses    places of more than two conditions, or in words of a text; a row's 25th feature, its categories counted first; where labels are numbers, who
 *           pulled from his first row on, which is a taste, and many who push less than they all differ; a place that one source alone serves, or where
 *           most of the old sources pull (it is then taken for the world); pulls that spread over months, for only the last 8,192 rows are compared; a
 *           pattern that is new or rare (that is poison.trigger).
 * Assumes   the learner's chances hold in the place; `test` of an alarm says what would look the same.
 * Evidence  per cell M ← e·(M + mass), e as in ./wager.ts; alarm at M ≥ 1, and only once "some sources moved there" beats "all did" (../attribute/movers.ts),
 *           their other rows are fine (../attribute/where.ts), and the others' most alike rows say otherwise (../attribute/like-rows.ts).
 * Source    recipes/poisoning.md §3–4 of this project; Kulldorff 1997 for scans of places; Shin, Ramdas & Rinaldo 2022; Metwally et al. 2005 for the table.
 *
 * @example  eight origins; vendor-3 approves all of region west from line 1500 on → one finding, at line 2439, onset 1583 (its first such row),
 *           origin vendor-3, region=west, approve.
 */
export const targeted: Detector<Record<string, never>, PlacesState> = {
  id: 'poison.targeted/place',
  version: 2,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.4,
  idle: (state) => state.rows > 0 && state.cells === null,
  wants: ['places', 'points', 'influence'],
  minSample: burnInRows,
  params: {},
  init: startPlacesState,
  update: (state, batch, ctx) => takeRows(watch, state, batch, ctx),
  standing: (state, limit) => targetedStanding('poison.targeted', state, limit),
}

const watch: Watch = {
  enumerate: (witness, out) => enumerate(witness.lies, out),
  settle(state, cell, witness, ctx, index, alarms) {
    const cells = cellsOf(state)
    const first = firstLines(state.sources)
    const found = tryCell(
      witness.recent,
      cells,
      cell,
      (number) => state.apart.has(number),
      (number) => first.get(number) ?? index,
    )
    if (found.says === 'pulled') {
      alarms.push(targetedAlarm(state, cell, found, witness.recent, witness.places, index))
      closeCase(state, ctx.learner, found.movers.named, found.place, cells.nam[cell * namesEach + nam.y] as number)
    } else if (found.says === 'open') keepOpen(state, cell)
    else if (found.says === 'moved') letBe(state, cell)
    else clearCell(cells, cell)
  },
}
