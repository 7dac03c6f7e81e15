import { classCode } from '@/lib/detect/concept/class-book'
import { conceptParams } from '@/lib/detect/concept/concept-params'
import { confidenceOf } from '@/lib/detect/concept/confidence'
import { gatherColumns, makeFeatureBytes, writeBytes, writeGathered } from '@/lib/detect/concept/feature-bytes'
import { extraColumns, unfamiliar, writeExtras } from '@/lib/detect/concept/like-rows'
import { addPrediction, widen } from '@/lib/detect/concept/open-predictions'
import type { ConceptState } from '@/lib/detect/concept/state'
import { noteVersion } from '@/lib/detect/concept/versions'
import type { Context } from '@/lib/detect/detector'
import type { Frame } from '@/lib/detect/frame'
import type { EventOf } from '@/lib/event/types'

/**
 * A prediction is laid up until its label comes; the first ones tell the task, and how features become bytes.
 */

const manyValues = 20
/** Rows on which features are cut into bytes, whatever the baseline's length. */
const mostCutRows = 2000
export function takePrediction(
  state: ConceptState,
  { id, data, timeMs }: EventOf<'ml.prediction.v1'>,
  line: number,
  frame: Frame,
  ctx: Context,
): number {
  const { open } = state
  const place = addPrediction(open, id)
  const number = open.next - 1
  open.line[place] = line
  open.timeMs[place] = timeMs
  const { prediction } = data
  if (state.task !== 'numbers') open.predicted[place] = classCode(state.classes, prediction)
  if (open.predictedValue.length > 0)
    open.predictedValue[place] = typeof prediction === 'number' ? prediction : Number.NaN
  open.stratum[place] = frame.familiar ? Math.min(frame.stratum, unfamiliar - 1) : unfamiliar
  open.confidence[place] = confidenceOf(data, ctx.config.classes)
  open.version[place] = noteVersion(state.versions, data.version, line, number, false)
  if (state.book) {
    writeBytes(state.book, data.features, open.features, place * open.width)
    writeExtras(open, place, open.stratum[place] as number, timeMs)
  } else {
    gatherColumns(state.gathered as NonNullable<typeof state.gathered>, data.features, number)
    if (typeof prediction === 'number') {
      state.numbers++
      if (state.distinct.length <= manyValues && !state.distinct.includes(prediction)) state.distinct.push(prediction)
    }
    if (open.next >= Math.min(state.baselineRows, mostCutRows)) cut(state, ctx)
  }
  return place
}
/** The first rows are in: what kind of task it is, and how features become bytes. */
function cut(state: ConceptState, ctx: Context): void {
  const { open } = state
  const gathered = state.gathered as NonNullable<typeof state.gathered>
  const rows = open.next
  const wanted = ctx.config.task
  const numbers = state.numbers > 0.9 * rows && state.distinct.length > manyValues
  state.task = wanted === 'regression' || (wanted === undefined && numbers) ? 'numbers' : 'classes'
  if (state.task === 'classes') {
    open.predictedValue = new Float64Array(0)
    open.labelValue = new Float64Array(0)
  }
  const book = makeFeatureBytes(gathered, rows, open.predicted, conceptParams.mostColumns)
  widen(open, book.columns.length + extraColumns, conceptParams.mostBytes)
  for (let n = 0; n < rows; n++) {
    writeGathered(book, gathered, n, open.features, n * open.width)
    writeExtras(open, n, open.stratum[n] as number, open.timeMs[n] as number)
  }
  state.book = book
  state.gathered = null
}
