import { anyBet, oddBet, turnedShares } from '@/lib/detect/poison/bets'
import { type Recent, since } from '@/lib/learn/place/recent'
import { isFar, scatterBins } from './scatter-bins'
import type { Seen } from './seen'
import type { Unit } from './unit'
import type { Push } from './world'

/**
 * Where labels are numbers: what a unit shows whose labels may be drawn at random (./scatter.ts). The split of its rows that the likelihood likes best, and the
 * share of random labels since then.
 */
export interface Scattered {
  readonly push: Push
  /** Share of its labels that is random, by maximum likelihood. */
  readonly turned: number
  /** It is known how it was before, and that was much less. */
  readonly wasCareful: boolean
}

export function scatteredOf(push: Push, unit: Unit, recent: Recent, { ratio, bin }: Seen): Scattered {
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const own: number[] = []
  for (const at of since(recent, Number.NEGATIVE_INFINITY)) if (who[at] === push.number) own.push(at)
  const share = winningShare(unit)
  // Backwards in time: the latest row first.
  let [sum, most, rows] = [0, 0, 0]
  for (const [n, at] of own.entries()) {
    if ((recent.index[at] as number) < push.onsetIndex) break
    sum += Math.log(1 - share + share * (ratio[at] as number))
    if (sum <= most || (ratio[at] as number) <= 1) continue
    most = sum
    rows = n + 1
  }
  const late = own.slice(0, rows)
  const turned = shareOf(late, ratio)
  let [hits, expected, far] = [0, 0, 0]
  for (const at of late) {
    if (isFar(bin[at] as number)) far++
    if (recent.y[at] !== recent.favourite[at]) hits++
    expected += recent.disagree[at] as number
  }
  const first = late.at(-1)
  const onsetIndex = first === undefined ? push.onsetIndex : (recent.index[first] as number)
  const onsetTimeMs = unit.suspects.find(({ index }) => index >= onsetIndex)?.timeMs ?? push.onsetTimeMs
  return {
    push: { ...push, bet: anyBet, onsetIndex, onsetTimeMs, rows: Math.max(1, rows), hits, expected, effect: turned },
    turned,
    wasCareful: wasNearer(unit, rows, far),
  }
}

/**
 * Was it not like this before the latest `rows` of its rows, of which `far` lay far off? By how many did before: the likelihood of anybody's share against the latest,
 * by as many times as there are splits to choose from.
 */
function wasNearer({ scatter }: Unit, rows: number, far: number): boolean {
  let [all, allFar, expected] = [0, 0, 0]
  for (let b = 0; b < scatterBins; b++) {
    all += scatter[b] as number
    if (!isFar(b)) continue
    allFar += scatter[b] as number
    expected += scatter[scatterBins + b] as number
  }
  const usual = expected / all
  const late = Math.min(0.98, far / Math.max(1, rows))
  if (late <= usual) return false
  const [n, hits] = [all - rows, allFar - far]
  const nats = hits * Math.log(usual / late) + (n - hits) * Math.log((1 - usual) / (1 - late))
  return nats >= Math.log(all)
}

/** By expectation and maximisation. */
function shareOf(rows: readonly number[], ratio: Float32Array): number {
  let share = 0.3
  if (rows.length === 0) return 0
  for (let step = 0; step < 20; step++) {
    let sum = 0
    for (const at of rows) {
      const l = ratio[at] as number
      sum += (share * l) / (1 - share + share * l)
    }
    share = sum / rows.length
  }
  return share
}

function winningShare({ evidence: { m } }: Unit): number {
  let most = -1
  let share = 0
  for (const [n, turned] of turnedShares.entries()) {
    const of = m[oddBet * turnedShares.length + n] ?? 0
    if (of > most) [most, share] = [of, turned]
  }
  return share
}
