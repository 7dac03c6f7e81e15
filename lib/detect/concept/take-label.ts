import { classCode } from '@/lib/detect/concept/class-book'
import { codeAt, stratumAt, watchRow } from '@/lib/detect/concept/class-family'
import { judgeClass } from '@/lib/detect/concept/class-judge'
import { errorIsBack } from '@/lib/detect/concept/class-return'
import { settleClasses } from '@/lib/detect/concept/class-settle'
import { startClassFamily } from '@/lib/detect/concept/class-start'
import { conceptParams } from '@/lib/detect/concept/concept-params'
import { labelledRows } from '@/lib/detect/concept/like-rows'
import { startNumberFamily, watchNumbers } from '@/lib/detect/concept/number-family'
import { judgeNumber } from '@/lib/detect/concept/number-judge'
import { settleNumbers } from '@/lib/detect/concept/number-settle'
import { noClass, numberAt, residualAt } from '@/lib/detect/concept/open-predictions'
import { correctShare } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Alarm, Context, Return } from '@/lib/detect/detector'
import type { Frame } from '@/lib/detect/frame'
import { calibrate } from '@/lib/detect/prediction/calibration'
import { noteRealised } from '@/lib/detect/prediction/performance'
import { learnErrors } from '@/lib/detect/prediction/watch-expected'
import type { Label } from '@/lib/event/types'

/**
 * A label meets its prediction: the baseline fills, then every unit takes the row.
 */

const promptPredictions = 100
const nearlyAll = 0.9
const fewestLabels = 100
export function takeLabel(
  state: ConceptState,
  place: number,
  label: Label,
  line: number,
  frame: Frame,
  ctx: Context,
  alarms: Alarm[],
  returns: Return[],
): void {
  const { open } = state
  const code = state.task === 'numbers' ? 0 : classCode(state.classes, label)
  const value = typeof label === 'number' ? label : Number.NaN
  if (open.label[place] !== noClass) {
    relabel(state, frame, place, code, value)
    return
  }
  const number = numberAt(open, place)
  const behind = open.next - 1 - number
  open.label[place] = code
  if (open.labelValue.length > 0) open.labelValue[place] = value
  open.judgedAt[place] = open.judged++
  open.delay[place] = Math.min(15, Math.floor(Math.log2(1 + behind)))
  noteRealised(
    state.performance,
    state.task === 'numbers' ? Math.abs(residualAt(open, place)) : code === open.predicted[place] ? 0 : 1,
  )
  if (!state.classFamily && !state.numberFamily) {
    state.pending = 0
    if (behind <= promptPredictions) state.promptRows++
    if (isComplete(state, frame)) completeLabels(state, frame)
    return
  }
  const mass = state.pending
  state.pending = 0
  const uniform = (lane: number) => ctx.uniform(units[lane] as string, open.judged)
  if (state.numberFamily) {
    settleNumbers(state, number)
    for (const found of watchNumbers(state.numberFamily, open, place, mass, uniform)) {
      const alarm = judgeNumber(state, found, line, conceptParams)
      if (alarm) alarms.push(alarm)
    }
    return
  }
  const family = state.classFamily as NonNullable<typeof state.classFamily>
  settleClasses(state, frame, number)
  const back = errorIsBack(state, code !== open.predicted[place], number, line)
  if (back) returns.push(back)
  for (const { one, total } of watchRow(family, open, frame, place, mass, uniform)) {
    // A unit before it may have brought back them all.
    if (!one.unit || one.armedAt === open.judged) continue
    const judged = judgeClass(state, frame, one, total, line, conceptParams)
    if (judged.alarm) alarms.push(judged.alarm)
    if (judged.back) returns.push(judged.back)
  }
}
const units = ['concept 0', 'concept 1', 'concept 2', 'concept 3', 'concept 4']
/** The latest label counts: where it was counted it is counted anew, and what evidence was spent on it stays spent. */
function relabel(state: ConceptState, frame: Frame, place: number, code: number, value: number): void {
  const { open, classFamily } = state
  if (open.labelValue.length > 0) open.labelValue[place] = value
  if (open.label[place] === code) return
  const counted = (classFamily?.units ?? []).map((one) =>
    one.unit
      ? {
          unit: one.unit,
          one,
          stratum: stratumAt(family(state), one, open, frame, place),
          before: codeAt(family(state), one.name, open, place),
        }
      : null,
  )
  open.label[place] = code
  for (const was of counted)
    if (was && was.stratum >= 0)
      correctShare(was.unit, was.stratum, was.before, codeAt(family(state), was.one.name, open, place))
}
const family = (state: ConceptState) => state.classFamily as NonNullable<typeof state.classFamily>
/**
 * `baselineRows` labels where nearly all predictions have theirs; else what came with 2.5 times as many events: labels of one class may be later than
 * those of another, and the first ones no fair sample.
 */
function isComplete(state: ConceptState, frame: Frame): boolean {
  const { open, baselineRows } = state
  if (!frame.armed || !state.book) return false
  if (open.judged >= baselineRows && open.judged >= nearlyAll * (open.next - promptPredictions)) return true
  return state.events >= 2.5 * baselineRows && open.judged >= Math.max(fewestLabels, 0.3 * baselineRows)
}
function completeLabels(state: ConceptState, frame: Frame): void {
  const { open } = state
  state.prompt = state.promptRows > 0.5 * Math.min(open.next, 1.5 * state.baselineRows)
  const rows = labelledRows(open, open.capacity)
  if (state.task === 'numbers') {
    state.numberFamily = startNumberFamily(open, state.book, frame)
    learnErrors(state.performance, open, state.book, rows, frame, (place) => Math.abs(residualAt(open, place)))
  } else {
    state.classFamily = startClassFamily(open, state.book, frame, state.classes.names)
    calibrate(state.performance, open, rows)
  }
}
