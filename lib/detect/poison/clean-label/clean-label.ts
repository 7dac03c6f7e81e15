import type { Detector } from '@/lib/detect/detector'
import { clearCell, nam, namesEach, num, numbersEach } from '@/lib/detect/poison/targeted/cells'
import { takeRows, type Watch } from '@/lib/detect/poison/targeted/row'
import { closeCase, keepOpen, letBe } from '@/lib/detect/poison/targeted/settled'
import { firstLines } from '@/lib/detect/poison/targeted/sources'
import { targetedStanding } from '@/lib/detect/poison/targeted/standing'
import { cellsOf, type PlacesState, startPlacesState } from '@/lib/detect/poison/targeted/state'
import { burnInRows } from '@/lib/learn/witness'
import { craftedAlarm } from './alarm'
import { boxesOf } from './point-cells'
import { tryBox } from './trial'

/**
 * Inputs crafted to lie at one point of another class's territory, under labels that look right: the class comes to claim that point.
 *
 * Watches   where rows lie (embeddings, or numbers and categories: lib/learn/place/point.ts): rows of a label that gather in a small box where the shadow
 *           learner expects another, of all sources together, of each origin, and of all newcomers.
 * Misses    crafted rows that the learner itself finds right (they lie in their own class, or it has learned them already); collisions in a text; points
 *           that spread as wide as the class they collide with (then they are flips to us); an attacker who copies one row exactly: it counts once; regression.
 * Assumes   others have rows near that point, so that there is something to compare with; `test` says what would look the same.
 * Evidence  per box M ← e·(M + mass), e as in ../targeted/wager.ts; alarm at M ≥ 1, and only once the bad rows lie closer than .45 of what is usual
 *           between rows of the class they are taken for, the others' nearest rows say otherwise, and the sources did not all move.
 * Source    Shafahi et al. 2018 (feature collisions); Peri et al. 2020 (deep k-NN against clean-label poisoning).
 *
 * @example  eight origins; from line 1500 on vendor-3 moves its refused rows to nine tenths on to the middle of the approved ones → one finding, at line
 *           2171, onset 1738, origin vendor-3, label refuse.
 */
export const cleanLabel: Detector<Record<string, never>, PlacesState> = {
  id: 'poison.clean_label/point',
  version: 2,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.25,
  idle: (state) => state.rows > 0 && state.cells === null,
  wants: ['places', 'points', 'influence'],
  minSample: burnInRows,
  params: {},
  init: startPlacesState,
  update: (state, batch, ctx) => takeRows(watch, state, batch, ctx),
  standing: (state, limit) => targetedStanding('poison.clean_label', state, limit),
}

const watch: Watch = {
  enumerate(witness, out) {
    // Numbers have no classes to collide.
    if (witness.shadow.classes.task === 'regression') out.count = out.coarse = 0
    else boxesOf(witness.lies, out)
  },
  settle(state, cell, witness, ctx, index, alarms) {
    const cells = cellsOf(state)
    const first = firstLines(state.sources)
    const y = cells.nam[cell * namesEach + nam.y] as number
    const found = tryBox(
      witness.recent,
      y,
      cells.num[cell * numbersEach + num.onsetIndex] as number,
      (number) => state.apart.has(number),
      (number) => first.get(number) ?? index,
    )
    if (found.says === 'crafted') {
      alarms.push(craftedAlarm(state, cell, found, witness.recent, index))
      closeCase(state, ctx.learner, found.origins, [], y)
    } else if (found.says === 'moved') letBe(state, cell)
    else if (found.says === 'gone') clearCell(cells, cell)
    else keepOpen(state, cell)
  },
}
