import { anyBet, classOf, isHit, isTouched, oddBet, turnedShares } from '@/lib/detect/poison/bets'
import { type Recent, since } from '@/lib/learn/place/recent'
import { asExpected, honestShares } from '@/lib/learn/regression/regressor'
import { habitOf, shifted, type Way } from './habit'
import type { Unit } from './unit'
import type { Push } from './world'

/**
 * Dates a push anew, once its strength is known: the split of the unit's rows since the run began that the likelihood of the winning share of turned
 * labels likes best. What odd labels show is said of all that disagree from here on: that is what others are compared on.
 */
export function redate(push: Push, unit: Unit, recent: Recent, peers: readonly Way[] = []): Push {
  const share = winningShare(unit, push.bet)
  const bet = push.bet === oddBet ? anyBet : push.bet
  const shift = habitOf(unit.habits, bet, peers)?.shift ?? 0
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const part = recent.numeric && bet !== anyBet ? partOf(classOf(bet)) : 1
  let sum = 0
  let rows = 0
  let hits = 0
  let expected = 0
  let most = 0
  let best: Push | null = null
  for (const at of since(recent, push.onsetIndex)) {
    const favourite = recent.favourite[at] as number
    if (who[at] !== push.number || !isTouched(bet, favourite)) continue
    const hit = isHit(bet, favourite, recent.y[at] as number)
    // For a class, chances of hits that did not happen are not kept: the disagreement bounds them; of a number it is known what part of it is one class's.
    const anybody = bet === anyBet || !hit ? part * (recent.disagree[at] as number) : (recent.own[at] as number)
    const p = shift === 0 ? anybody : shifted(anybody, shift)
    const q = Math.min(0.99, p + share * Math.max(0, 1 - 2 * p))
    rows++
    if (hit) hits++
    expected += p
    sum += Math.log(hit ? q / p : (1 - q) / (1 - p))
    if (sum <= most || !hit) continue
    most = sum
    best = {
      ...push,
      bet,
      onsetIndex: recent.index[at] as number,
      rows,
      hits,
      expected,
      effect: (hits - expected) / rows,
    }
  }
  if (!best) return { ...push, bet }
  const first = unit.suspects.find((row) => row.index === best?.onsetIndex)
  return first ? { ...best, onsetTimeMs: first.timeMs } : { ...push, bet, ...sinceRun(rows, hits, expected) }
}

const partOf = (k: number) => (honestShares[k] as number) / (1 - (honestShares[asExpected] as number))

const sinceRun = (rows: number, hits: number, expected: number) =>
  rows === 0 ? {} : { rows, hits, expected, effect: (hits - expected) / rows }

function winningShare({ evidence }: Unit, bet: number): number {
  let most = -1
  let share = 0
  for (const [n, turned] of turnedShares.entries()) {
    const m = evidence.m[bet * turnedShares.length + n] ?? 0
    if (m > most) [most, share] = [m, turned]
  }
  return share
}
