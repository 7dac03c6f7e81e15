import { emptyJudgement, type Judgement, judgeRow } from '@/lib/learn/calibrate'
import { tableBits } from '@/lib/learn/encode'
import { hashInt, spread } from '@/lib/learn/hash'
import type { Shadow } from '@/lib/learn/shadow'
import type { Witness } from '@/lib/learn/witness'
import { type Candidates, kinds } from './candidates'

/**
 * What the rest of a row says, once the patterns under suspicion are taken out of it: their weights leave the learner's log probabilities, and the
 * chances are calibrated anew. A learner that has taken in a trigger believes it; the words beside it still say the other class.
 */
export interface Taken {
  /** By class: log weight that the suspected patterns add to the row. */
  logit: Float64Array
  any: boolean
}

const mask = (1 << tableBits) - 1
const mostClasses = 64
const taken: Taken = { logit: new Float64Array(mostClasses), any: false }

export function takeNothing(): Taken {
  taken.logit.fill(0)
  taken.any = false
  return taken
}

/** Takes the weights of candidate `c` out of the row: its own input, and those that it is a part of. */
export function takeOut(shadow: Shadow, candidates: Candidates, c: number): void {
  taken.any = true
  const first = candidates.first[c] as number
  const second = candidates.second[c] as number
  const { word, words, value } = candidates
  const weight = Math.min(1, Math.sqrt(25 / Math.max(1, words.length)))
  const key = candidates.key[c] as number
  switch (candidates.kind[c]) {
    case kinds.word: {
      const hash = word[first] as number
      takeInput(shadow, hash, weight)
      if (first > 0) takeInput(shadow, hashInt(word[first - 1] as number, hash), 0.5 * weight)
      if (first + 1 < words.length && first + 1 < word.length)
        takeInput(shadow, hashInt(hash, word[first + 1] as number), 0.5 * weight)
      break
    }
    case kinds.phrase:
      takeInput(shadow, key, 0.5 * weight)
      break
    case kinds.value: {
      const hash = value[first] as number
      takeInput(shadow, hash, 1)
      for (let v = 0; v < candidates.names.length; v++) {
        if (v < first) takeInput(shadow, hashInt(value[v] as number, hash), 0.5)
        else if (v > first) takeInput(shadow, hashInt(hash, value[v] as number), 0.5)
      }
      break
    }
    case kinds.pair:
      takeInput(shadow, hashInt(value[first] as number, value[second] as number), 0.5)
      break
  }
}

function takeInput({ model }: Shadow, hash: number, x: number): void {
  const at = (spread(hash) & mask) * model.room * 2
  if (model.room === 1) taken.logit[1] = (taken.logit[1] as number) + 2 * x * (model.table[at] as number)
  else
    for (let k = 0; k < model.room; k++)
      taken.logit[k] = (taken.logit[k] as number) + x * (model.table[at + k] as number)
}

const rest: Judgement = emptyJudgement()

/** @returns the row's chances without what was taken: the learner's own where nothing was. Good until the next call. */
export function judgeRest(witness: Witness, judged: Judgement): Judgement {
  if (!taken.any) return judged
  const { classes } = judged
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const p = ((judged.raw[k] as number) + 1e-9) * Math.exp(-Math.max(-12, Math.min(12, taken.logit[k] as number)))
    rest.raw[k] = p
    sum += p
  }
  for (let k = 0; k < classes; k++) rest.raw[k] = (rest.raw[k] as number) / sum
  // What the forest says of the row as it stands: it takes in single patterns slowly.
  rest.votes = judged.votes
  if (judged.votes > 0) for (let k = 0; k < classes; k++) rest.voted[k] = judged.voted[k] as number
  judgeRow(witness.shadow.calibrator, witness.active, classes, rest)
  return rest
}

const settled = new Float64Array(mostClasses)

/**
 * Chances for what recurs in rows of features: the larger of what the rest says and of what the frozen anchor said of the whole row, for an exception
 * that was there from the start is none any more. Before there is an anchor, the learner's own.
 * @returns an array, good until the next call.
 */
export function settledChances(witness: Witness, judged: Judgement, rest: Judgement): Float64Array {
  const anchored = witness.anchored()
  const { classes } = judged
  for (let k = 0; k < classes; k++) {
    const p = rest.p[k] as number
    settled[k] = Math.max(p, anchored ? (k < anchored.classes ? (anchored.p[k] as number) : 0) : (judged.p[k] as number))
  }
  return settled
}
