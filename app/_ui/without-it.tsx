import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import { figureWords, isCertain } from './counterfactual-words'
import { count, percent, rate } from './format'
import { Visible } from './visible'
import css from './without-it.module.css'

/** What the model would be without some rows, in a sentence that can be read out. */
export function WithoutIt({ told, who }: { told: Counterfactual; who: string }) {
  const certain = isCertain(told)
  return (
    <>
      <p className={css.sentence} data-certain={certain}>
        Without <Visible text={who} />, {figureWords(told)} {certain ? 'is' : 'stays about'} <b>{rate(told.without)}</b>{' '}
        ({rate(told.ci[0])}–{rate(told.ci[1])}), {certain ? 'not' : 'as with it,'} <b>{rate(told.with)}</b>.
      </p>
      <p className={css.note}>
        {count(told.removed)} rows taken out, {percent(told.share)} of all, measured on {count(told.n)}{' '}
        {told.golden ? 'golden rows' : 'training rows of the others: there is no golden set'}. Worked out on a compact
        stand-in of the model by one Newton step; mean log loss {rate(told.loss[0])} with them, {rate(told.loss[1])}{' '}
        without.
      </p>
    </>
  )
}
