/**
 * Mislabelled rows among a thousand, by OpenDataVal's protocol: 2dplanes and fried from their published formulae, binarised at the mean, labels turned at
 * random; the scores are cut in two by k-means, and the worse part is taken for mislabelled: F1 against the truth. Beside it a dummy that scores at random.
 * `npx tsx test/bench/poison/mislabel.ts [--seeds 1,2,…]`. Published: Jiang et al. 2023, NeurIPS (OpenDataVal); LossVal 2024.
 */
import { seeded } from '@/lib/demo/seeded'
import { type RankedRow, rankRows } from '@/lib/learn/forest/rank-rows'
import { averagePrecisionOf, twoMeansF1 } from './mislabel-score'

const at = process.argv.indexOf('--seeds')
const seeds = (at >= 0 ? (process.argv[at + 1] ?? '') : '1,2,3,4,5,6,7,8,9,10').split(',').map(Number)
const n = 1000
const noises = [0.05, 0.1, 0.2]

type Uniform = () => number
const normal = (u: Uniform) => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u())

/** Breiman, Friedman, Olshen & Stone 1984, p. 239: ten columns, the first decides which of the others count; noise N(0, 1). */
function plane(u: Uniform): { x: number[]; y: number } {
  const x = [u() < 0.5 ? -1 : 1, ...Array.from({ length: 9 }, () => Math.floor(u() * 3) - 1)]
  const v = (d: number) => x[d] as number
  const sum = v(0) === 1 ? 3 + 3 * v(1) + 2 * v(2) + v(3) : -3 + 3 * v(4) + 2 * v(5) + v(6)
  return { x, y: sum + normal(u) }
}

/** Friedman 1991, Annals of Statistics 19: ten columns, five count; noise N(0, 1). */
function fried(u: Uniform): { x: number[]; y: number } {
  const x = Array.from({ length: 10 }, () => u())
  const v = (d: number) => x[d] as number
  const sum = 10 * Math.sin(Math.PI * v(0) * v(1)) + 20 * (v(2) - 0.5) ** 2 + 10 * v(3) + 5 * v(4)
  return { x, y: sum + normal(u) }
}

const published: Record<string, Record<string, string>> = {
  '2dplanes': { 'KNN-Shapley': '.18/.31/.47', 'Data-OOB': '.23/.43/.59', LossVal: '.39/.60/.72' },
  fried: { 'KNN-Shapley': '.17/.29/.45', 'Data-OOB': '.27/.38/.52', LossVal: '.32/.53/.67' },
}

for (const [name, draw] of Object.entries({ '2dplanes': plane, fried })) {
  const ours: string[] = []
  const precision: string[] = []
  const dummy: string[] = []
  let elapsed = 0
  for (const noise of noises) {
    const sums = { f1: 0, square: 0, precision: 0, dummy: 0 }
    for (const seed of seeds) {
      const u = seeded(seed * 7919 + Math.round(noise * 1000))
      const drawn = Array.from({ length: n }, () => draw(u))
      const mean = drawn.reduce((sum, { y }) => sum + y, 0) / n
      const turned = drawn.map(() => u() < noise)
      const rows: RankedRow[] = drawn.map(({ x, y }, i) => ({
        row: { features: Object.fromEntries(x.map((value, d) => [`x${d}`, value])) },
        label: y > mean !== turned[i] ? 'high' : 'low',
      }))
      const before = performance.now()
      const scores = rankRows(rows)
      elapsed += performance.now() - before
      const f1 = twoMeansF1(scores, turned)
      sums.f1 += f1
      sums.square += f1 * f1
      sums.precision += averagePrecisionOf(scores, turned)
      sums.dummy += twoMeansF1(
        Float64Array.from(scores, () => u()),
        turned,
      )
    }
    const mean = sums.f1 / seeds.length
    ours.push(`${mean.toFixed(3)} ± ${Math.sqrt(Math.max(0, sums.square / seeds.length - mean * mean)).toFixed(3)}`)
    precision.push((sums.precision / seeds.length).toFixed(3))
    dummy.push((sums.dummy / seeds.length).toFixed(2))
  }
  console.log(`${name}, n ${n}, mislabelled 5/10/20 %, F1, ${seeds.length} seeds (± their standard deviation)`)
  console.log(`  two-round forest   ${ours.join('  ')}   average precision ${precision.join('/')}`)
  console.log(`  dummy (random)     ${dummy.join('/')}`)
  for (const [who, f1] of Object.entries(published[name] ?? {})) console.log(`  ${who.padEnd(18)} ${f1} (published)`)
  console.log(`  ${(elapsed / seeds.length / noises.length).toFixed(0)} ms a thousand rows`)
}
