import { signOf } from '@/lib/detect/drift/joint/serial'
import { bitCount, readSigns } from '@/lib/detect/drift/joint/signs'
import { type CodeFunction, type JointFeature, type Study, studyRows } from '@/lib/detect/drift/joint/state'

/** Functions whose rarer side has fewer rows than this say too little. */
const leastShare = 0.06
/** Functions in triples: one a number, the first two a category. */
const mostPrimary = 34
/** What a block weighs in the means that follow fast and slowly. */
export const fastStep = 1 / 2
export const slowStep = 1 / 12
/** The reference goes on learning, to so many blocks. */
const mostBlocks = 200
/** Standard errors from which on a product is looked at. */
export const looked = 3.2
/** No third function. */
export const none = 255

/** @param codes of the studied rows of the baseline, by feature. */
export function startStudy(features: readonly JointFeature[], codes: readonly ArrayLike<number>[]): Study {
  const functions: CodeFunction[] = []
  const primary: number[] = []
  for (let feature = 0; feature < features.length; feature++) {
    const kept: Float64Array[] = []
    for (const mask of [2, 3, 1]) {
      const values = Float64Array.from(codes[feature] as ArrayLike<number>, (code) => signOf(code, mask))
      const low = values.reduce((n, value) => n + +(value < 0), 0) / Math.max(1, values.length)
      if (low < leastShare || low > 1 - leastShare || kept.some((other) => isSame(other, values))) continue
      kept.push(values)
      const most = features[feature]?.edges ? 1 : 2
      if (kept.length <= most && primary.length < mostPrimary) primary.push(functions.length)
      functions.push({ feature, mask })
    }
  }
  const G = functions.length
  const next = Int32Array.from(functions, ({ feature }) => {
    const later = functions.findIndex((other) => other.feature > feature)
    return later < 0 ? G : later
  })
  const pairs = new Int32Array(G)
  let products = G
  for (let g = 0; g < G; g++) {
    pairs[g] = products - (next[g] as number)
    products += G - (next[g] as number)
  }
  const ofFeature = (i: number) => (functions[primary[i] as number] as CodeFunction).feature
  for (let i = 0; i < primary.length; i++)
    for (let j = i + 1; j < primary.length; j++)
      for (let k = j + 1; k < primary.length; k++)
        if (ofFeature(i) < ofFeature(j) && ofFeature(j) < ofFeature(k)) products++
  return {
    functions,
    next,
    pairs,
    primary: Int32Array.from(primary),
    rows: new Int32Array(2 * studyRows),
    held: 0,
    reference: new Float32Array(products),
    fast: new Float32Array(products),
    slow: new Float32Array(products),
    stirred: [],
    blocks: 0,
    since: 0,
  }
}

const isSame = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => value === b[i])

/** Takes the codes of a studied row (two words from `at`). @returns whether the block is full. */
export function addStudied(study: Study, words: ArrayLike<number>, at: number): boolean {
  const { rows, held } = study
  rows[held] = words[at] as number
  rows[studyRows + held] = words[at + 1] as number
  return ++study.held === studyRows
}

/** A full block enters the means. `learn`: there is no reference yet, and this is part of it. */
export function closeBlock(study: Study, learn: boolean): void {
  const { functions, next, primary } = study
  const words = readSigns(study)
  const G = functions.length
  study.blocks++
  study.stirred = []
  if (!learn) study.since++
  const step = 1 / Math.min(mostBlocks, study.blocks)
  const fastLimit = learn ? Number.POSITIVE_INFINITY : looked * looked * varianceOf(study, fastStep)
  const slowLimit = learn ? Number.POSITIVE_INFINITY : looked * looked * varianceOf(study, slowStep)
  for (let g = 0; g < G; g++) {
    const mean = 1 - bitCount(words[2 * g] as number, words[2 * g + 1] as number) / 32
    enter(study, g, mean, step, learn, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  }
  for (let p = G, g = 0; g < G; g++) {
    const [a0, a1] = [words[2 * g] as number, words[2 * g + 1] as number]
    for (let h = next[g] as number; h < G; h++, p++) {
      const mean = 1 - bitCount(a0 ^ (words[2 * h] as number), a1 ^ (words[2 * h + 1] as number)) / 32
      if (enter(study, p, mean, step, learn, fastLimit, slowLimit)) study.stirred.push({ index: p, g, h, l: none })
    }
  }
  let p = firstTriple(study)
  for (let i = 0; i < primary.length; i++) {
    const g = primary[i] as number
    for (let j = i + 1; j < primary.length; j++) {
      const h = primary[j] as number
      if (h < (next[g] as number)) continue
      const b0 = (words[2 * g] as number) ^ (words[2 * h] as number)
      const b1 = (words[2 * g + 1] as number) ^ (words[2 * h + 1] as number)
      const later = next[h] as number
      for (let k = j + 1; k < primary.length; k++) {
        const l = primary[k] as number
        if (l < later) continue
        const mean = 1 - bitCount(b0 ^ (words[2 * l] as number), b1 ^ (words[2 * l + 1] as number)) / 32
        if (enter(study, p, mean, step, learn, fastLimit, slowLimit)) study.stirred.push({ index: p, g, h, l })
        p++
      }
    }
  }
  study.held = 0
}

/** Variance of a function of ±1 in a mean that follows at this rate, less the reference. Such a mean begins at the reference, and leaves it as it learns. */
export function varianceOf({ blocks, since }: Study, step: number): number {
  const kept = (1 - step) ** since
  const own = (step * (1 - kept * kept)) / (2 - step)
  return own / studyRows + (1 - kept) ** 2 / (Math.max(1, blocks - since / 2) * studyRows)
}

/** Number of products before the triples: singles and pairs. */
export const firstTriple = ({ functions, pairs }: Study): number => {
  const G = functions.length
  return G === 0 ? 0 : (pairs[G - 1] as number) + G
}

/** @returns whether the product left its reference by more than a little. */
function enter(
  { reference, fast, slow }: Study,
  p: number,
  mean: number,
  step: number,
  learn: boolean,
  fastLimit: number,
  slowLimit: number,
): boolean {
  const before = reference[p] as number
  if (learn) {
    const value = before + step * (mean - before)
    reference[p] = value
    fast[p] = value
    slow[p] = value
    return false
  }
  const late = (fast[p] as number) + fastStep * (mean - (fast[p] as number))
  const later = (slow[p] as number) + slowStep * (mean - (slow[p] as number))
  const level = before + step * (later - before)
  fast[p] = late
  slow[p] = later
  reference[p] = level
  return (late - level) ** 2 > fastLimit || (later - level) ** 2 > slowLimit
}
