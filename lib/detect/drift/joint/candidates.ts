import type { CodeFunction, MovedProduct, Study } from '@/lib/detect/drift/joint/state'
import { fastStep, looked, none, slowStep, varianceOf } from '@/lib/detect/drift/joint/study'

/** Standard errors from which on a product is worth a bet; beyond which a feature alone has moved; and how much farther a product must have moved than its features. */
const worthBet = 4.2
const moved = 5
const beyondAlone = 1.5

/** Products of a few features that moved together. */
export interface Candidate {
  features: number[]
  products: MovedProduct[]
  z: number
}

/**
 * The dependences that changed most by the studied rows, at either speed: products of two or three functions whose mean left its reference beyond what
 * the functions' own means explain. A correlation of two numbers (the product of their halves) is the pair detector's. A feature that itself moved is
 * another detector's.
 *
 * @returns at most `most`, the clearest first, each worth a bet.
 */
export function candidatesOf(study: Study, isPaired: (feature: number) => boolean, most: number): Candidate[] {
  if (study.stirred.length === 0) return []
  const found = new Map<string, Candidate>()
  const alone = movesAlone(study)
  const own: number[] = []
  for (const [means, step] of [
    [study.fast, fastStep],
    [study.slow, slowStep],
  ] as const) {
    const variance = varianceOf(study, step)
    for (const { index, g, h, l } of study.stirred) {
      own.length = 0
      own.push(g, h)
      if (l !== none) own.push(l)
      else if (isPairedHalves(study, g, isPaired) && isPairedHalves(study, h, isPaired)) continue
      let single = 0
      for (const one of own) single = Math.max(single, alone[featureOf(study, one)] as number)
      if (single >= moved) continue
      const product = changeOf(study, means, variance, index, own)
      if (Math.abs(product.z) < Math.max(looked, beyondAlone * single)) continue
      addProduct(
        found,
        own.map((one) => featureOf(study, one)),
        { ...product, functions: own.slice() },
      )
    }
  }
  return [...found.values()]
    .filter((candidate) => candidate.z >= worthBet)
    .sort((a, b) => b.z - a.z || (a.features.join() < b.features.join() ? -1 : 1))
    .slice(0, most)
}

function addProduct(found: Map<string, Candidate>, features: number[], product: MovedProduct): void {
  const key = features.join()
  const candidate = found.get(key)
  if (!candidate) {
    found.set(key, { features, products: [product], z: Math.abs(product.z) })
    return
  }
  candidate.z = Math.max(candidate.z, Math.abs(product.z))
  const same = candidate.products.findIndex((other) => other.index === product.index)
  if (same < 0) candidate.products.push(product)
  else if (Math.abs(product.z) > Math.abs((candidate.products[same] as MovedProduct).z))
    candidate.products[same] = product
}

const featureOf = ({ functions }: Study, g: number): number => (functions[g] as CodeFunction).feature

function isPairedHalves({ functions }: Study, g: number, isPaired: (feature: number) => boolean): boolean {
  const { feature, mask } = functions[g] as CodeFunction
  return mask === 2 && isPaired(feature)
}

/** By feature: the most that one of its functions moved by itself, at either speed, in standard errors. */
function movesAlone(study: Study): number[] {
  const most: number[] = []
  for (const [means, step] of [
    [study.fast, fastStep],
    [study.slow, slowStep],
  ] as const) {
    const variance = varianceOf(study, step)
    for (let g = 0; g < study.functions.length; g++) {
      const feature = featureOf(study, g)
      const before = study.reference[g] as number
      const z = ((means[g] as number) - before) / Math.sqrt(Math.max(0.05, 1 - before * before) * variance)
      most[feature] = Math.max(most[feature] ?? 0, Math.abs(z))
    }
  }
  return most
}

/** The change of a product of two or three functions, less what their own means and pairs explain: of the covariance, or of the third cumulant. */
export function changeOf(
  study: Study,
  means: Float32Array,
  variance: number,
  index: number,
  own: number[],
): MovedProduct {
  const { reference } = study
  const change = cumulant(study, means, index, own) - cumulant(study, reference, index, own)
  let scale = 1
  for (const g of own) scale *= Math.max(0.05, 1 - (reference[g] as number) ** 2)
  return { index, functions: own, change, z: change / Math.sqrt(scale * variance) }
}

export function cumulant({ pairs }: Study, means: Float32Array, index: number, own: readonly number[]): number {
  const [g, h, l] = own as [number, number, number?]
  const all = means[index] as number
  const onG = means[g] as number
  const onH = means[h] as number
  if (l === undefined) return all - onG * onH
  const onL = means[l] as number
  const gh = means[(pairs[g] as number) + h] as number
  const gl = means[(pairs[g] as number) + l] as number
  const hl = means[(pairs[h] as number) + l] as number
  return all - gh * onL - gl * onH - hl * onG + 2 * onG * onH * onL
}
