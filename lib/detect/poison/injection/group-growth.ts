import { at, each, growthBets } from './group-numbers'
import type { Groups } from './groups'
import { rowsKept } from './near'
import { raiseTail, tailScale } from './usual-tail'

const slack = 1.2
const priorRows = 50
const ratingBet = 1 / 20
/** What is left of a bet's evidence with each copy once so many are usual: it grew then, it does not grow now. */
const settled = 0.9

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [kept, numbersEach, bets, scaleOf] = [rowsKept, each, growthBets, tailScale]
const { last: lastAt, mostGrowth: mostAt, growth: growthAt, rise: riseAt, riseFrom: fromAt, fired: firedAt } = at

/** Weighs the wait for a group's next copy: faster than copies by themselves come? */
export function weighGrowth(
  { numbers, growth }: Groups,
  group: number,
  copies: number,
  row: number,
  mass: number,
): void {
  const o = group * numbersEach
  const last = numbers[o + lastAt] as number
  const p = (slack * (copies + 0.5)) / (Math.min(row, kept) + priorRows)
  const rows = row - last
  const most = numbers[o + mostAt] as number
  const scale = 1 / scaleOf(growth, group, most)
  for (let b = 0; b < bets.length; b++) {
    const bet = bets[b] as number
    const e = bet <= p ? settled : Math.exp(scale * waitBet(bet, p, rows))
    numbers[o + growthAt + b] = Math.min(e * ((numbers[o + growthAt + b] as number) + mass / bets.length), 1e300)
  }
  const was = numbers[o + riseAt] as number
  if (was === 0) numbers[o + fromAt] = last
  const rise = Math.max(0, was + waitBet(ratingBet, p, rows))
  numbers[o + riseAt] = rise
  if (rise <= most) return
  numbers[o + mostAt] = rise
  if (numbers[o + firedAt] === 0) raiseTail(growth, group, most, rise)
}

/** Log of the ratio of chances of a wait of `rows` rows, at `rate` against p; 0 where p is as much. */
function waitBet(rate: number, p: number, rows: number): number {
  return rate <= p ? 0 : Math.log(rate / p) + (rows - 1) * Math.log((1 - rate) / (1 - p))
}
