import type { Alarm, Detector, Return } from '@/lib/detect/detector'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import {
  completeGroup,
  gatherGroup,
  groupIsOff,
  groupStanding,
  type SeriesGroup,
  skipGroup,
  startGroup,
  watchGroup,
} from '@/lib/detect/drift/relation/group'
import { featureReturn } from '@/lib/detect/drift/rows'
import { textAlarm } from '@/lib/detect/drift/text/alarm'
import {
  learnText,
  measureText,
  noTextModel,
  startTextModel,
  type TextModel,
  textSeries,
} from '@/lib/detect/drift/text/model'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * Texts that change: their length, their vocabulary, their topic.
 *
 * Watches   the `text` of `ml.prediction.v1`: length, share of words that the first half of the baseline did not have, rarity of its words, share of
 *           digits and signs, and the mix of words from eight directions; ranks calibrated on the second half of the baseline.
 * Misses    the order of words; meaning that the same words carry; a topic in fewer than about one text in fifty.
 * Assumes   texts exchangeable while nothing changes. New words that keep coming are no change: the vocabulary they are measured by is fixed.
 * Evidence  a numeric unit for each series; the first to cross speaks for all.
 * Effect    of that series. The words that grew most are named.
 * Source    Weinberger et al. 2009, Feature hashing; Vovk 2021, Testing randomness online.
 */
export interface TextParams {
  readonly bounds: PracticalBounds
  /** Latest texts kept to name what grew, and how much of each. */
  readonly keptTexts: number
  readonly keptCharacters: number
}

export interface TextState {
  version: number
  phase: 'empty' | 'gathering' | 'armed' | 'off'
  model: TextModel
  group: SeriesGroup
  /** Latest texts and their rows. */
  recent: string[]
  rows: number[]
}

const version = 3

export const textDrift: Detector<TextParams, TextState> = {
  id: 'drift.feature/text',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.04,
  minSample: 2000,
  params: {
    bounds: usualBounds,
    keptTexts: 256,
    keptCharacters: 400,
  },
  idle: (state) => state.phase === 'empty' || state.phase === 'off',

  init: () => ({
    version,
    phase: 'empty',
    model: noTextModel(),
    group: startGroup([]),
    recent: [],
    rows: [],
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      const { text } = event.data
      if (state.phase === 'off' || (state.phase === 'empty' && text === undefined)) continue
      if (state.phase === 'empty') begin(state, frame.armed)
      if (!frame.armed) {
        if (text === undefined) continue
        if (frame.row < baselineRowsOf(ctx.config) / 2) learnText(state.model, text)
        else {
          measureText(state.model, text, values)
          gatherGroup(state.group, values, frame, event.timeMs)
        }
        continue
      }
      if (state.phase === 'gathering') {
        completeGroup(state.group, frame)
        state.phase = groupIsOff(state.group) || state.model.texts < fewestTexts ? 'off' : 'armed'
        if (state.phase === 'off') continue
      }
      if (text === undefined || !frame.familiar) {
        skipGroup(state.group, frame.row)
        continue
      }
      measureText(state.model, text, values)
      keep(state, text, frame.row)
      const u = ctx.uniform(textDrift.id, frame.row)
      const step = watchGroup(state.group, values, ctx.mass(arrival), u, frame, event.timeMs)
      if (step.crossed) {
        const since = state.recent.filter((_, i) => (state.rows[i] as number) >= (step.crossed?.crossing.onsetRow ?? 0))
        const alarm = textAlarm(
          step.crossed.name,
          step.crossed.crossing,
          state.model,
          since,
          frame.rows,
          textDrift.params.bounds,
        )
        if (alarm) alarms.push(alarm)
      }
      if (step.returnedFrom !== null) returns.push(featureReturn('text', step.returnedFrom, frame.rows))
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const worst = state.phase === 'armed' && limit > 0 ? groupStanding(state.group) : null
    if (!worst) return []
    return [{ kind: 'drift.feature', unit: 'feature=text', subject: { feature: 'text' }, effect: 0, ...worst }]
  },
}

/** The first text. After the baseline it is too late to learn what is usual. */
function begin(state: TextState, armed: boolean): void {
  state.phase = armed ? 'off' : 'gathering'
  if (armed) return
  state.model = startTextModel()
  state.group = startGroup(textSeries)
}

const fewestTexts = 50
/** The text at hand. */
const values = new Float64Array(textSeries.length)

function keep(state: TextState, text: string, row: number): void {
  const { keptTexts, keptCharacters } = textDrift.params
  const slot = row % keptTexts
  while (state.recent.length <= slot) {
    state.recent.push('')
    state.rows.push(-1)
  }
  state.recent[slot] = text.length > keptCharacters ? text.slice(0, keptCharacters) : text
  state.rows[slot] = row
}
