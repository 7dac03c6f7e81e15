import type { Rate, Realised } from '@/lib/view/rate'
import { count, plural } from './format'
import css from './promise.module.css'

/** A rate with two figures: .4, 1.3, 12. */
const figure = (x: number): string =>
  x >= 9.95 ? count(x) : x === 0 ? '0' : x.toFixed(x < 0.095 ? 2 : 1).replace(/^0\./, '.')

/** `30 days`, `100,000 events`. */
export const periodWords = ({ perDays, perEvents }: Realised): string =>
  perEvents !== null ? `${count(perEvents)} events` : plural(perDays ?? 30, 'day')

const rateWords = (rate: Rate): string => `${figure(rate.value)} (${figure(rate.low)}–${figure(rate.high)})`

/** What was promised and what came of it, side by side: bars of the same scale, with exact intervals. */
export function PromiseKept({ realised, title }: { realised: Realised; title?: string }) {
  const { promised, knownFalse, ifNotReal, falseAlarm, real, notSaid, incidents, periods } = realised
  // The interval of few periods reaches far: the scale follows the values, and what goes beyond is cut.
  const top = Math.max(2 * promised, 1.5 * (ifNotReal?.value ?? 0), 1)
  // A count over a part of a period says little about a whole one: the bars would shout.
  const enough = periods >= 1
  const rows = [
    { name: 'Promised, at most', value: promised, words: figure(promised), tone: 'promise' },
    ...(enough && knownFalse
      ? [
          {
            name: 'Said to be false',
            value: knownFalse.value,
            words: rateWords(knownFalse),
            rate: knownFalse,
            tone: 'known',
          },
        ]
      : []),
    ...(enough && ifNotReal && notSaid > 0
      ? [
          {
            name: 'Not said to be real',
            value: ifNotReal.value,
            words: rateWords(ifNotReal),
            rate: ifNotReal,
            tone: 'possible',
          },
        ]
      : []),
  ]
  return (
    <div className={css.promise}>
      <p className={css.title}>
        {title ?? 'False incidents'} in {periodWords(realised)}
      </p>
      <dl>
        {rows.map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>
              <span className={css.track} aria-hidden="true">
                <i
                  className={css.bar}
                  data-tone={row.tone}
                  style={{ width: `${Math.min(100, (row.value / top) * 100)}%` }}
                />
                {'rate' in row && row.rate && (
                  <i
                    className={css.interval}
                    style={{
                      left: `${Math.min(100, (row.rate.low / top) * 100)}%`,
                      right: `${Math.max(0, 100 - (row.rate.high / top) * 100)}%`,
                    }}
                  />
                )}
                <i className={css.line} style={{ left: `${(promised / top) * 100}%` }} />
              </span>
              <b>{row.words}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p className={css.counted}>
        {plural(incidents, 'incident')} over {figure(periods)} {periods === 1 ? 'period' : 'periods'} of{' '}
        {periodWords(realised)}: {count(real)} real, {count(falseAlarm)} false, {count(notSaid)} not said. An incident
        is false when who closed it said so.{' '}
        {enough ? 'Brackets hold exact 95 % intervals.' : 'Less than one period has passed: too short for a rate.'}
      </p>
    </div>
  )
}
