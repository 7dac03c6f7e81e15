import { learnSoftmax, predictSoftmax } from '@/lib/learn/linear/softmax'
import { reteachTarget } from '@/lib/learn/regression/regressor'
import { rateOf, type Shadow } from '@/lib/learn/shadow'
import { drawRow } from './rehearsal'

/** Learning rows again: while the learner is young, or has just lost rows that it believed, each row brings two rehearsals; one where there are many classes. */
export const eagerRows = 4096
export const eagerRowsAfterLoss = 2048
const eagerRehearsals = (classes: number) => (classes <= 4 ? 2 : 1)
/** Later on they hold a learner back in a world that moves, and cost as much as the rows themselves: one in this many rows. */
const rowsPerRehearsal = 4
/** Of the step of a new row. */
const rehearsalPart = 0.4
/** Part of the step of a new row that an old one gets, where labels are numbers. */
const numberPart = 0.5
/** A label that is already this likely is not rehearsed. */
const known = 0.95
const spare = new Float64Array(64)

/** What is due after a row of so many classes. */
export function rehearseSome(shadow: Shadow, classes: number): void {
  if (shadow.eager > 0) {
    shadow.eager--
    for (let r = 0; r < eagerRehearsals(classes); r++) rehearse(shadow)
  } else if (shadow.learned % rowsPerRehearsal === 0) rehearse(shadow)
}

export function rehearse(shadow: Shadow): void {
  const row = drawRow(shadow.rehearsal)
  if (!row) return
  if (shadow.regressor) {
    reteachTarget(shadow.regressor, row, row.target, numberPart)
    return
  }
  const classes = shadow.classes.names.length
  predictSoftmax(shadow.model, row, classes, spare)
  if ((spare[row.y] as number) > known) return
  learnSoftmax(shadow.model, row, classes, row.y, spare, rehearsalPart * rateOf(shadow))
}
