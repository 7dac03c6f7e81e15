import type { GoldenRow, InitContext } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { openForest, teachForest } from '@/lib/learn/forest/forest'
import { columnValues } from '@/lib/learn/inputs/columns'
import { encode, fixColumns, measureRow, type Row } from '@/lib/learn/inputs/encode'
import { fixSlots } from '@/lib/learn/inputs/slots'
import { learnCalibrator } from '@/lib/learn/judge/calibrate'
import { classIndex, noteTaken } from '@/lib/learn/judge/classes'
import { classOf, expected, judge, judgeActive, judgedInputs, judgement } from '@/lib/learn/judge/judge'
import { learnSoftmax } from '@/lib/learn/linear/softmax'
import { nobody, numberOf } from '@/lib/learn/place/recent'
import { binsOf, learnTarget, startRegressor, targetBin, targetOf } from '@/lib/learn/regression/regressor'
import { keepRow } from '@/lib/learn/rehearsal/rehearsal'
import { rehearse, rehearseSome } from '@/lib/learn/rehearsal/rehearse'
import { plainRow } from '@/lib/learn/rehearsal/waiting'
import { emptyShadow, goldenOrigin, rateOf, type Shadow } from './shadow'

const noiseRate = 0.002
const startRounds = 3
/** A forest that is not asked grows its trees this many times as rarely. */
const asleepThrift = 4

/** A learner that has learned the golden rows. */
export function startShadow({ config, golden }: Pick<InitContext, 'config' | 'golden'>): Shadow {
  const shadow = emptyShadow(config)
  for (const row of golden) learnGolden(shadow, row)
  return shadow
}

function learnGolden(shadow: Shadow, row: GoldenRow): void {
  if (row.label === undefined) return
  const y = classIndex(shadow.classes, row.label)
  if (y < 0) return
  judge(shadow, row)
  learn(shadow, row, classOf(shadow, y, row.label), goldenOrigin)
}

/** Learns the row that was judged last (or, at the start, keeps it until there are enough). */
export function learn(
  shadow: Shadow,
  row: Row & { readonly labeler?: string; readonly label?: Label },
  y: number,
  origin: string,
): void {
  const labeler = row.labeler ?? null
  if (shadow.waiting) {
    measureRow(shadow.encoder, row, columnValues)
    shadow.waiting.push({ row: plainRow(row), y, origin, labeler })
    if (shadow.waiting.length >= columnValues) begin(shadow)
    return
  }
  learnActive(shadow, y, row.label, origin, labeler)
  rehearseSome(shadow, judgement.classes)
}

/** Learns from the row that was judged last, everywhere but in rehearsal of others. */
function learnActive(
  shadow: Shadow,
  y: number,
  label: Label | undefined,
  origin: string,
  labeler: string | null,
): void {
  const { regressor, forest, calibrator } = shadow
  learnCalibrator(calibrator, judgedInputs, judgement, y)
  let target = 0
  let bin = y
  let vote = judgement.votes > 0 ? (judgement.voted[y] as number) : -1
  if (regressor) {
    target = targetOf(regressor, Number(label))
    bin = targetBin(regressor, target)
    vote = learnTarget(regressor, judgedInputs, expected, target)
  } else learnSoftmax(shadow.model, judgedInputs, judgement.classes, y, judgement.raw, rateOf(shadow))
  const kept = keepRow(shadow.rehearsal, judgedInputs, y, origin, labeler)
  kept.target = target
  kept.serial = shadow.learned
  if (forest.window)
    teachForest(
      forest,
      judgedInputs.keys,
      bin,
      regressor ? binsOf(regressor) : judgement.classes,
      vote,
      numberOf(origin),
      labeler === null ? nobody : numberOf(labeler),
      shadow.learned,
      !regressor && calibrator.stack.asleep ? asleepThrift : 1,
    )
  shadow.classes.rows[y] = (shadow.classes.rows[y] ?? 0) + 1
  noteTaken(shadow.classes, judgement.favourite, y)
  shadow.noise += noiseRate * (judgement.steady - shadow.noise)
  shadow.learned++
}

/** The columns are scaled: learns what waited, each row judged before it is learned, then over again. */
function begin(shadow: Shadow): void {
  const waiting = shadow.waiting ?? []
  shadow.waiting = null
  fixColumns(shadow.encoder)
  shadow.encoder.slots = fixSlots(waiting.map(({ row }) => row))
  if (waiting.some(({ row }) => row.text !== undefined)) shadow.reads = 'texts'
  openForest(shadow.forest, shadow.encoder.slots)
  if (shadow.classes.task === 'regression') {
    shadow.regressor = startRegressor(waiting.map(({ row }) => Number(row.label)))
    shadow.encoder.products = false
  }
  for (const { row, y, origin, labeler } of waiting) {
    encode(shadow.encoder, row, judgedInputs)
    judgeActive(shadow)
    learnActive(shadow, classOf(shadow, y, row.label), row.label, origin, labeler)
  }
  for (let r = 0; r < (startRounds - 1) * waiting.length; r++) rehearse(shadow)
}
