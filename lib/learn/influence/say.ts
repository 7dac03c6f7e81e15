import type { Counterfactual } from './counterfactual'

const percentage = (share: number) => {
  const text = share.toFixed(3).replace(/0$/, '')
  return share >= 1 ? '1' : text.replace(/^0/, '')
}

/** Such as `without vendor-7, golden recall of spam is .94 (.92–.95, n 410), not .91`. @param who in words. */
export function sayCounterfactual(c: Counterfactual, who: string): string {
  const of = c.class !== undefined ? ` of ${c.class}` : c.slice !== undefined ? ` where ${c.slice}` : ''
  const metric = c.golden ? `golden ${c.metric}${of}` : `${c.metric}${of} on rows of the others`
  const figures = `${percentage(c.without)} (${percentage(c.ci[0])}–${percentage(c.ci[1])}, n ${c.n})`
  const [low, high] = c.gain.ci
  if (low > 0 || high < 0) return `without ${who}, ${metric} is ${figures}, not ${percentage(c.with)}`
  return `without ${who}, ${metric} stays about ${figures}: with it ${percentage(c.with)}`
}
