import { oddBet, standOf } from '@/lib/detect/poison/bets'
import type { Judgement } from '@/lib/learn/judge/calibrate'

/** What is weighed of a row: the chance that an honest label disagrees, whether this one does, and the part of turned labels that would. */
export interface Sight {
  readonly p: number
  readonly hit: boolean
  readonly turned: number
  /** Part of careless errors that may do so; 1 when absent. */
  readonly wrong?: number
  /** ./rules.ts; only of crowds that tell cells apart. */
  readonly cell?: number
}

/** That the row disagrees at all. */
export function anySight(j: Judgement, y: number): Sight {
  const p = Math.min(Math.max(j.steady, 0.004), j.classes === 2 ? 0.5 : 0.75)
  return { p, hit: y !== j.favourite, turned: 1 - p / Math.max(1, j.classes - 1) }
}

/** What of a row tells most of turned labels: that it disagrees at all or, with three classes and more, that it says what hardly anybody would. */
export function sightOf(j: Judgement, y: number): Sight {
  const any = anySight(j, y)
  const { p } = any
  if (j.classes < 3) return any
  const { on, hit, p: chance, turned, wrong } = standOf(oddBet, j, y)
  const odd = { p: Math.max(0.004, (chance * p) / j.disagree), hit, turned, wrong }
  return on && worth(odd) > worth(any) ? odd : any
}

/** How well turned labels stand out: their squared distance in standard deviations. */
const worth = ({ p, turned }: Sight) => (turned - p) ** 2 / ((p + usualDoubt) * (1 - p))
/** Carelessness and tilt that are borne anyway. */
const usualDoubt = 0.05
