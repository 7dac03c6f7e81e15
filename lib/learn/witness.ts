import type { InitContext } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Active } from '@/lib/learn/inputs/encode'
import { type Anchor, judgeByAnchor, mayDrop } from '@/lib/learn/judge/anchor'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { classIndex } from '@/lib/learn/judge/classes'
import { type Places, placesOf, startPlaces } from '@/lib/learn/place/places'
import { pointOf, type Scales, startScales } from '@/lib/learn/place/point'
import {
  emptyWhereabouts,
  nobody,
  numberOf,
  type Recent,
  remember,
  startRecent,
  type Whereabouts,
} from '@/lib/learn/place/recent'
import { wordsOf } from '@/lib/learn/place/words'
import { distrust } from '@/lib/learn/trust/distrust'
import { isDistrusted, noteDistrust, type Suspect, startTrust, type Trust } from '@/lib/learn/trust/trust'
import { classOf, judge, judgedInputs } from './judge/judge'
import { learn, startShadow } from './learn'
import type { Shadow } from './shadow'
import { everything, type Wants } from './wants'

type Training = EventOf<'ml.training.v1'>

/** What every detector of poisoning knows of a training row before it is learned. One object, good until the next row. */
export interface Witness {
  /** Class of its label (`shadow.classes.names[y]`); −1: it has none. */
  y: number
  /** Calibrated chances of an honest label; null while the learner has nothing to judge by. */
  judged: Judgement | null
  /** May the row be held for or against anybody? It was judged by a learner that knows its class, and nobody on it is distrusted. */
  testifies: boolean
  /** It comes from somebody, or bears a pattern, that was accused: it neither teaches nor testifies. */
  distrusted: boolean
  /** Inputs that it was judged by. Read only. */
  active: Active
  /** Chances by the frozen anchor; null where there is none yet. Worked out when first asked. */
  anchored(): Judgement | null
  /** Where a row lies that testifies, if any detector wants places. Read only. */
  readonly lies: Whereabouts
  readonly places: Places
  /** Read only. */
  readonly shadow: Shadow
  readonly recent: Recent
}

/** The one learner of a model, that all of its detectors share: a row is judged first, then held for or against, then learned. */
export interface Learner {
  /** Judges a row. Asked again for the same arrival it answers the same; asked for the next one, it first learns this one. */
  witness(arrival: Arrival<Training>): Witness
  /** The row at hand must not teach. */
  withhold(): void
  /** From the row at hand on, rows of this origin or labeler, or with this pattern and label, neither teach nor testify. */
  distrust(who: Suspect): void
  /** Was this origin accused, by whomever? */
  isAccused(origin: string): boolean
  /** Learns the row at hand, unless it is withheld or distrusted: once all detectors have seen it. */
  settle(): void
}

export interface LearnerState {
  shadow: Shadow
  anchor: Anchor | null
  recent: Recent
  trust: Trust
  places: Places
  scales: Scales
}

/** Rows learned before any row testifies. */
export const burnInRows = 300
/** Rows of a class learned before labels of it testify. */
export const classRows = 15

export function startLearner(ctx: Pick<InitContext, 'config' | 'golden'>): LearnerState {
  const shadow = startShadow(ctx)
  return {
    shadow,
    anchor: null,
    // With golden rows no training row waits: the task is known from the start.
    recent: { ...startRecent(), numeric: shadow.classes.task === 'regression' },
    trust: startTrust(),
    places: startPlaces(),
    scales: startScales(),
  }
}

/** @param wants decides what is worked out, not what is judged or learned. */
export function learnerOf(state: LearnerState, wants: Wants = everything): Learner {
  const [withPlaces, withPoints, withAnchor] = [wants.has('places'), wants.has('points'), wants.has('anchor')]
  const { shadow, recent, trust, places, scales } = state
  const lies = emptyWhereabouts()
  let at: Arrival<Training> | null = null
  let withheld = false
  let anchored: Judgement | null | undefined
  const witness: Witness = {
    y: -1,
    judged: null,
    testifies: false,
    distrusted: false,
    active: judgedInputs,
    anchored: () => {
      if (anchored === undefined) anchored = judgeByAnchor(state.anchor, shadow, judgedInputs)
      return anchored
    },
    lies,
    places,
    shadow,
    recent,
  }

  /** While rows wait there is nothing judged that still holds: labels that were taken for classes may have turned out to be numbers. */
  function forgetJudged(): void {
    recent.size = recent.next = 0
    recent.numeric = shadow.classes.task === 'regression'
    state.anchor = null
  }

  const isSuspect = (data: Training['data']) =>
    isDistrusted(trust, data, witness.judged ? judgedInputs : null, witness.y)

  function settle(): void {
    if (!at) return
    const { data } = at.event
    at = null
    if (withheld || witness.y < 0 || isSuspect(data)) return
    learn(shadow, data, witness.y, data.origin.id)
    if (withAnchor) state.anchor = mayDrop(state.anchor, shadow)
  }

  return {
    witness(arrival) {
      if (arrival === at) return witness
      settle()
      at = arrival
      withheld = false
      anchored = undefined
      const { data } = arrival.event
      const known = classIndex(shadow.classes, data.label)
      const judged = known < 0 ? null : judge(shadow, data)
      if (!judged && shadow.waiting) forgetJudged()
      const y = judged ? classOf(shadow, known, data.label) : known
      witness.y = y
      witness.judged = judged
      witness.distrusted = isSuspect(data)
      witness.testifies =
        judged !== null &&
        !witness.distrusted &&
        shadow.learned >= burnInRows &&
        judged.classes >= 2 &&
        (shadow.regressor !== null || (shadow.classes.rows[y] ?? 0) >= classRows)
      if (!witness.testifies || !judged) return witness
      if (withPlaces) {
        lies.places = placesOf(places, data.features, data.segment, lies.place)
        lies.hasPoint =
          (withPoints || data.embedding !== undefined) &&
          pointOf(scales, places, data.features, data.embedding, lies.point)
        lies.words = wordsOf(data.text, lies.word)
      }
      remember(
        recent,
        judged,
        y,
        arrival.index,
        numberOf(data.origin.id),
        data.labeler === undefined ? nobody : numberOf(data.labeler),
        lies,
      )
      return witness
    },
    withhold: () => {
      withheld = true
    },
    distrust: (who) => {
      if (noteDistrust(trust, who)) distrust(shadow, who)
    },
    isAccused: (origin) => trust.origins.has(origin),
    settle,
  }
}
