import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import { rate } from './format'

/** `golden recall of spam`, `accuracy where region=eu, on rows of the others`. */
export function figureWords({ metric, class: name, slice, golden }: Counterfactual): string {
  const of = name !== undefined ? ` of ${name}` : slice !== undefined ? ` where ${slice}` : ''
  return golden ? `golden ${metric}${of}` : `${metric}${of}, on rows of the others`
}

/** `.91 → .94 (.92–.95)`: with the rows, without them, the interval of the latter. */
export const changeWords = ({ with: now, without, ci }: Counterfactual): string =>
  `${rate(now)} → ${rate(without)} (${rate(ci[0])}–${rate(ci[1])})`

/** Whether the rows moved the figure for certain. */
export const isCertain = ({ gain }: Counterfactual): boolean => gain.ci[0] > 0 || gain.ci[1] < 0
