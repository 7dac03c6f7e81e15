import { at, each, type Groups, growthBets } from './groups'
import { rowsKept } from './near'
import { raiseTail, tailScale } from './usual-tail'

const slack = 1.2
const priorRows = 50
const ratingBet = 1 / 20

/** Weighs the wait for a group's next copy: faster than copies by themselves come? */
export function weighGrowth(
  { numbers, growth }: Groups,
  group: number,
  copies: number,
  row: number,
  mass: number,
): void {
  const o = group * each
  const last = numbers[o + at.last] as number
  const p = (slack * (copies + 0.5)) / (Math.min(row, rowsKept) + priorRows)
  const rows = row - last
  const most = numbers[o + at.mostGrowth] as number
  const scale = 1 / tailScale(growth, group, most)
  for (let b = 0; b < growthBets.length; b++) {
    const logE = waitBet(growthBets[b] as number, p, rows)
    const m = Math.exp(scale * logE) * ((numbers[o + at.growth + b] as number) + mass / growthBets.length)
    numbers[o + at.growth + b] = Math.min(m, 1e300)
  }
  const was = numbers[o + at.rise] as number
  if (was === 0) numbers[o + at.riseFrom] = last
  const rise = Math.max(0, was + waitBet(ratingBet, p, rows))
  numbers[o + at.rise] = rise
  if (rise <= most) return
  numbers[o + at.mostGrowth] = rise
  if (numbers[o + at.fired] === 0) raiseTail(growth, group, most, rise)
}

/** Log of the ratio of chances of a wait of `rows` rows, at `rate` against p; 0 where p is as much. */
const waitBet = (rate: number, p: number, rows: number): number =>
  rate <= p ? 0 : Math.log(rate / p) + (rows - 1) * Math.log((1 - rate) / (1 - p))
