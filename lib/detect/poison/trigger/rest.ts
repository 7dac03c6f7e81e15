import { type Inputs, tableBits } from '@/lib/learn/inputs/encode'
import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { emptyJudgement, type Judgement, judgeRow } from '@/lib/learn/judge/calibrate'
import { predictSoftmax } from '@/lib/learn/linear/softmax'
import type { Witness } from '@/lib/learn/witness'
import { type Candidates, kinds } from './candidates'

/**
 * What the rest of a row says, once the patterns under suspicion are taken out of it: their weights leave the learner's log probabilities, and the
 * chances are calibrated anew. A learner that has taken in a trigger believes it; the words beside it still say the other class.
 */
const mask = (1 << tableBits) - 1
const mostClasses = 64
const mostTaken = 1024
const taken: Inputs = { count: 0, index: new Uint16Array(mostTaken), value: new Float32Array(mostTaken) }

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [mix, stir] = [hashInt, spread]
const { word: ofWord, phrase: ofPhrase, value: ofValue, pair: ofPair } = kinds

export function takeNothing(): void {
  taken.count = 0
}

/** Takes the weights of candidate `c` out of the row: its own input, and those that it is a part of. */
export function takeOut(candidates: Candidates, c: number): void {
  const first = candidates.first[c] as number
  const second = candidates.second[c] as number
  const { word, words, value } = candidates
  const weight = Math.min(1, Math.sqrt(25 / Math.max(1, words.length)))
  const key = candidates.key[c] as number
  switch (candidates.kind[c]) {
    case ofWord: {
      const hash = word[first] as number
      takeInput(hash, weight)
      if (first > 0) takeInput(mix(word[first - 1] as number, hash), 0.5 * weight)
      if (first + 1 < words.length && first + 1 < word.length)
        takeInput(mix(hash, word[first + 1] as number), 0.5 * weight)
      break
    }
    case ofPhrase:
      takeInput(key, 0.5 * weight)
      break
    case ofValue: {
      const hash = value[first] as number
      takeInput(hash, 1)
      for (let v = 0; v < candidates.names.length; v++) {
        if (v < first) takeInput(mix(value[v] as number, hash), 0.5)
        else if (v > first) takeInput(mix(hash, value[v] as number), 0.5)
      }
      break
    }
    case ofPair:
      takeInput(mix(value[first] as number, value[second] as number), 0.5)
      break
  }
}

function takeInput(hash: number, x: number): void {
  const index = stir(hash) & mask
  for (let i = 0; i < taken.count; i++) if (taken.index[i] === index) return
  if (taken.count >= mostTaken) return
  taken.index[taken.count] = index
  taken.value[taken.count++] = x
}

const alone = new Float64Array(mostClasses)
const rest: Judgement = emptyJudgement()

/** @returns the row's chances without what was taken: the learner's own where nothing was. Good until the next call. */
export function judgeRest(witness: Witness, judged: Judgement): Judgement {
  if (taken.count === 0) return judged
  const { classes } = judged
  // What the taken inputs say by themselves: their log weights, up to a constant.
  predictSoftmax(witness.shadow.model, taken, classes, alone)
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const p = ((judged.raw[k] as number) + 1e-9) / ((alone[k] as number) + 1e-9)
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
    settled[k] = Math.max(
      p,
      anchored ? (k < anchored.classes ? (anchored.p[k] as number) : 0) : (judged.p[k] as number),
    )
  }
  return settled
}
