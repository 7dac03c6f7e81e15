import { type Likes, startLikes } from './alike'
import { type Cohort, startCohort } from './cohort'
import { type Groups, startGroups } from './groups'
import { type Near, startNear } from './near'
import { type Phrases, startPhrases } from './phrases'
import { type Sketcher, startSketcher } from './sketch'
import { startVoices, type Voices } from './voices'

/** All that the flood detector keeps between events: about 2 MB for a model with training rows, whatever comes. */
export interface FloodState {
  sketcher: Sketcher
  near: Near
  groups: Groups
  voices: Voices
  cohort: Cohort
  likes: Likes
  /** Rows that share a phrase, and which of the rows kept have a label that the model did not expect. */
  phrases: Phrases
  phrased: Groups
  odd: Uint8Array
  /** By row kept: what an accusation names. */
  ids: string[]
  origins: string[]
  index: Float64Array
  times: Float64Array
  /** Mass that a row may spend, for screens; sum and rows. */
  mass: number
  massRows: number
}

export const startFloodState = (): FloodState => ({
  sketcher: startSketcher(),
  near: startNear(),
  groups: startGroups(),
  voices: startVoices(),
  cohort: startCohort(),
  likes: startLikes(),
  phrases: startPhrases(),
  phrased: startGroups(),
  odd: new Uint8Array(0),
  ids: [],
  origins: [],
  index: new Float64Array(0),
  times: new Float64Array(0),
  mass: 0,
  massRows: 0,
})
